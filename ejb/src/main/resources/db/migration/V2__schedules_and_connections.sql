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
