-- By whose clock schedules fire, how their jobs are spread, and when a host is to be left alone.

-- As the agent names it; empty if it does not.
alter table host add time_zone text not null default '';

alter table schedule
  add zone           text not null default '', -- empty: the host's own
  add jitter_seconds integer not null default 60 check (jitter_seconds between 0 and 86400);

create table host_blackouts (
  host_id uuid primary key references host on delete cascade,
  zone    text not null,  -- empty: the host's own
  windows text not null   -- a JSON array
);
