-- Job logs: bulk data, of which the old goes by dropping tables, not by deleting rows.
--
-- A line lies in the partition of the day (UTC) on which its job was queued. Identifiers of jobs are
-- UUIDs of version 7, which begin with that moment and sort by it, so the job's id is the partition
-- key and the unique key (job_id, seq) holds over all partitions.

-- What is known of a job's log without counting its lines; also the lock under which it is written.
create table job_log (
  job_id         uuid primary key references job on delete cascade,
  contiguous_seq bigint not null default 0, -- all lines from 1 to here were stored
  highest_seq    bigint not null default 0, -- equal to it unless lines in between are missing
  line_count     bigint not null default 0,
  dropped_at     timestamptz                -- its lines went, because of their age or of the space
) with (fillfactor = 50);

alter table job_log_line rename to job_log_line_v1;
alter index job_log_line_pkey rename to job_log_line_v1_pkey;

-- No foreign key: it would be checked for every line. Lines of a job that is deleted go with their
-- partition.
create table job_log_line (
  job_id  uuid not null,
  seq     bigint not null,
  ts      timestamptz not null,
  stream  text not null,
  payload text not null,
  primary key (job_id, seq)
) partition by range (job_id);

-- Where the identifiers of a day begin.
create function job_log_bound(day date) returns uuid language sql immutable strict as $$
  select (lpad(to_hex((extract(epoch from day) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- Makes the partition of a day; does nothing if it is there. Attached rather than created in place,
-- because that does not wait for readers and writers.
create function create_job_log_partition(day date) returns void language plpgsql as $$
declare
  partition text := 'job_log_line_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass(partition) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('job_log_line', 0));
  if to_regclass(partition) is not null then
    return;
  end if;
  execute format('create table %I (like job_log_line including all)', partition);
  execute format('alter table job_log_line attach partition %I for values from (%L) to (%L)',
    partition, job_log_bound(day), job_log_bound(day + 1));
end
$$;

-- What was logged before.
select create_job_log_partition(day)
from (
  select distinct (to_timestamp(
      ('x' || lpad(left(replace(job_id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0)
    at time zone 'UTC')::date as day
  from (select distinct job_id from job_log_line_v1) jobs
) days;

insert into job_log_line (job_id, seq, ts, stream, payload)
select job_id, seq, ts, stream, payload from job_log_line_v1;

insert into job_log (job_id, contiguous_seq, highest_seq, line_count)
select job_id, count(*) filter (where seq = number), max(seq), count(*)
from (
  select job_id, seq, row_number() over (partition by job_id order by seq) as number
  from job_log_line_v1
) numbered
group by job_id;

drop table job_log_line_v1;

-- The list of all jobs, newest first, by what there are few of.
create index job_kind on job (kind, id desc);
create index job_status on job (status, id desc);
