-- The name of the host for whose job one waits, apart from the words: who does not see all hosts is not told it.
alter table job
  add waiting_for_host text;
