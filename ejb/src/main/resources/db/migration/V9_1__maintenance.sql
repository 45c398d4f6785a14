-- What keeps repositories small and sound, and when. A repository that is new gets its plan with the next tick.

create table maintenance_plan (
  repository_id        uuid primary key references repository on delete cascade,
  version              bigint not null default 1,
  check_percent        integer not null default 5 check (check_percent between 0 and 100),
  check_part           integer not null default 1 check (check_part >= 1), -- which part of the data the next check reads
  forget_share_percent integer not null default 50 check (forget_share_percent between 1 and 100),
  forget_few           integer not null default 3 check (forget_few >= 0)
);

create table maintenance_moment (
  repository_id uuid not null references maintenance_plan on delete cascade,
  operation     text not null check (operation in ('forget', 'prune', 'check')),
  cron          text not null,
  zone          text not null default 'UTC',
  enabled       boolean not null default true,
  next_at       timestamptz, -- null until it was worked out, and while it is not enabled
  primary key (repository_id, operation)
);
create index maintenance_moment_due on maintenance_moment (next_at) where enabled;

insert into maintenance_plan (repository_id) select id from repository;
insert into maintenance_moment (repository_id, operation, cron)
select p.repository_id, d.operation, d.cron
from maintenance_plan p,
  (values ('forget', '0 3 * * *'), ('prune', '0 4 * * 0'), ('check', '0 5 1 * *')) d (operation, cron);

-- The key makes sure that one moment starts its jobs once, however many nodes see that it has come.
create table maintenance_fire (
  repository_id uuid not null references repository on delete cascade,
  operation     text not null,
  scheduled_at  timestamptz not null,
  fired_at      timestamptz not null,
  primary key (repository_id, operation, scheduled_at)
);

-- What is to be known of a job of maintenance, or of the first of its attempts.
create table maintenance_job (
  job_id       uuid primary key references job on delete cascade,
  confirmed    text,    -- a forget: the policies of its host for which an operator wants it, whatever goes
  refused      boolean not null default false, -- a forget that the guard did not let pass
  check_part   integer, -- a check: which part of the data it reads
  check_parts  integer
);

alter table job add read_data_subset text not null default '';
create index job_repository on job (repository_id, kind, id desc);
