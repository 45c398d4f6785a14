-- How well each host is protected, as it was judged last: lists are filtered and counted by it. Judged anew when a job of the host
-- ends, and of all hosts every half minute.
create table host_health (
  host_id      uuid primary key references host on delete cascade,
  health       text not null check (health in ('failing', 'at-risk', 'unknown', 'protected')),
  reason       text not null,
  source_group text,
  job_id       uuid, -- no reference: jobs that are deleted by the thousand would each look for it here
  since        timestamptz not null
);
create index host_health_health on host_health (health, since);

-- The newest backup of each source group that succeeded, and the newest that ended.
create index job_backup on job (host_id, source_group_name, id desc)
  where kind = 'backup' and status in ('succeeded', 'failed');
