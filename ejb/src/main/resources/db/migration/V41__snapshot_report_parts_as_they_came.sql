-- A part of a report is kept as it came, one row with an array for each column: its snapshots go into
-- rows of their own once, when the report is complete, and are not written, indexed, checked and
-- deleted once more before. These tables take the place of snapshot_report and snapshot_report_row,
-- which nodes of the version before still use. Unlogged as those: a crash of the database forgets a
-- report that is not complete, and the agent's next one makes up for it.

create unlogged table partial_report (
  host_id       uuid primary key references host on delete cascade,
  repository_id uuid not null references repository on delete cascade,
  parts         integer not null,
  next_part     integer not null,
  changed_at    timestamptz not null
);

create unlogged table partial_report_part (
  host_id            uuid not null references partial_report on delete cascade,
  part               integer not null,
  id                 text[] not null,
  short_id           text[] not null,
  taken_at           timestamptz[] not null,
  utc_offset_seconds integer[] not null,
  hostname           text[] not null,
  paths              text[] not null,
  tags               text[] not null,
  size_bytes         bigint[] not null,
  file_count         bigint[] not null,
  primary key (host_id, part)
);

-- They stay for seconds: compressing them is for nothing.
alter table partial_report_part
  alter id set storage external,
  alter short_id set storage external,
  alter taken_at set storage external,
  alter utc_offset_seconds set storage external,
  alter hostname set storage external,
  alter paths set storage external,
  alter tags set storage external,
  alter size_bytes set storage external,
  alter file_count set storage external;
