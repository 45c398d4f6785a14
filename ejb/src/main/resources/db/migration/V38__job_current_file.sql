-- The file that a running job reads; written with its progress, gone with its end.
alter table job add column current_file text;
