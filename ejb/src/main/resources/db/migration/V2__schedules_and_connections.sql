-- What a conversation with agents needs beyond the first backup: events of connections, cancelled
-- and lost jobs, schedules and what they fired, and snapshot reports that come in parts.

create table connection_event (
  id      uuid primary key,
  host_id uuid not null references host on delete cascade,
  kind    text not null,
  detail  text not null,
  at      timestamptz not null
);
create index connection_event_host on connection_event (host_id, id desc);

alter table job
  add cancel_requested_at timestamptz,
  add cancel_requested_by text,
  add lost_at             timestamptz,
  add not_before          timestamptz;
create index job_cancel on job (host_id)
  where cancel_requested_at is not null and status in ('queued', 'running');
create index job_running on job (host_id) where status = 'running';

create table schedule (
  id         uuid primary key,
  host_id    uuid not null references host on delete cascade,
  name       text not null,
  cron       text not null,
  enabled    boolean not null,
  created_at timestamptz not null,
  unique (host_id, name)
);

create table schedule_source_group (
  schedule_id     uuid not null references schedule on delete cascade,
  source_group_id uuid not null references source_group on delete cascade,
  primary key (schedule_id, source_group_id)
);
create index schedule_source_group_group on schedule_source_group (source_group_id);

-- one per host that ever had a schedule: which version its list has, and which its agent applied
create table schedule_list (
  host_id         uuid primary key references host on delete cascade,
  version         bigint not null,
  applied_version bigint,
  applied_at      timestamptz
);

-- the key makes sure that one fire starts one job, however often the agent tells of it
create table schedule_fire (
  schedule_id     uuid not null references schedule on delete cascade,
  source_group_id uuid not null references source_group on delete cascade,
  scheduled_at    timestamptz not null,
  job_id          uuid references job on delete set null,
  received_at     timestamptz not null,
  primary key (schedule_id, source_group_id, scheduled_at)
);
create index schedule_fire_job on schedule_fire (job_id);
