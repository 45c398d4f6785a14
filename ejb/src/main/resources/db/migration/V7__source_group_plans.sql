-- What a source group says beyond its paths: what else is left out, how long its snapshots are kept, what runs around its
-- backups, and below which size a backup cannot be right.
alter table source_group
  add exclude_caches       boolean not null default false,
  add exclude_if_present   text not null default '[]',
  add one_file_system      boolean not null default false,
  add keep_last            integer not null default 0 check (keep_last >= 0),
  add keep_hourly          integer not null default 0 check (keep_hourly >= 0),
  add keep_daily           integer not null default 0 check (keep_daily >= 0),
  add keep_weekly          integer not null default 0 check (keep_weekly >= 0),
  add keep_monthly         integer not null default 0 check (keep_monthly >= 0),
  add keep_yearly          integer not null default 0 check (keep_yearly >= 0),
  add keep_within          text not null default '',
  add keep_tag             text not null default '[]',
  add pre_hook             text not null default '',
  add post_hook            text not null default '',
  add hook_timeout_seconds integer not null default 600 check (hook_timeout_seconds between 1 and 86400),
  add floor_bytes          bigint not null default 0 check (floor_bytes >= 0);
