-- A report of very many snapshots comes in parts. They wait here until the last one has come, one
-- report per host; what is known of the repository stays as it was until then. Unlogged, both of
-- them: a crash of the database forgets a report that is not complete, and the agent's next one
-- makes up for it.

create unlogged table snapshot_report (
  host_id       uuid primary key references host on delete cascade,
  repository_id uuid not null references repository on delete cascade,
  parts         integer not null,
  next_part     integer not null,
  changed_at    timestamptz not null
);

create unlogged table snapshot_report_row (
  host_id    uuid not null references snapshot_report on delete cascade,
  id         text not null,
  short_id   text not null,
  taken_at   timestamptz not null,
  hostname   text not null,
  paths      text not null,
  tags       text not null,
  size_bytes bigint not null,
  file_count bigint not null,
  primary key (host_id, id)
);
