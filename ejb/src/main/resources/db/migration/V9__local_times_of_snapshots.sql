-- restic counts days, weeks and the like by the clock of the machine that made a snapshot. UTC for those that are known already,
-- until they are reported again.
alter table snapshot add utc_offset_seconds integer not null default 0;
alter table snapshot_report_row add utc_offset_seconds integer not null default 0;
