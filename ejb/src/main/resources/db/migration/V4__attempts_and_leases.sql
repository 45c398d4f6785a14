-- Jobs that are run again, and jobs that wait for a lock or for the lease of their repository.

-- How backups of a group that a schedule has started are repeated when they fail.
alter table source_group
  add retry_max             integer not null default 2 check (retry_max between 0 and 100),
  add retry_backoff_seconds integer not null default 300
    check (retry_backoff_seconds between 1 and 21600);

-- Every attempt is a job. The first one of a series is number 1 and names itself, or, if it was
-- queued before there were attempts, none.
alter table job
  add first_job_id    uuid references job on delete cascade,
  add attempt         integer not null default 1,
  add retry_wanted    boolean not null default false, -- a failure is followed by an attempt
  add failures        integer not null default 0,     -- of attempts before it; locks do not count
  add lock_waits      integer not null default 0,     -- attempts in a row before it that met a lock
  add lock_until      timestamptz,                    -- from then on a lock is a failure
  add met_lock        boolean not null default false, -- it ended at a lock, and is tried again
  add waiting_for     text;                           -- whose lock it waits for
create index job_first on job (first_job_id) where first_job_id is not null;
-- The net below the queue's lock: no two nodes queue one attempt.
create unique index job_attempt on job (coalesce(first_job_id, id), attempt);

-- The lease of a repository. Who has it needs no column: a job that is with its agent has it, until
-- it ends or its host was not heard of for long. Who wants it stands in line. Places are numbers,
-- because no clock that is set back may change who was first; a place is good for seconds and is
-- renewed for as long as the job's host could take it.
create sequence lease_place;
alter table job
  add lease_place        bigint,
  add lease_asking_until timestamptz;
create index job_lease_line on job (lease_asking_until)
  where status = 'queued' and dispatched_at is null;
create index job_lease on job (repository_id) where status in ('queued', 'running');
