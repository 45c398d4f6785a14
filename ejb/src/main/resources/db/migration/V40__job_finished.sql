-- What ended in the last hours, for the overview: without it the jobs of many days are read.
create index job_finished on job (finished_at) where status in ('succeeded', 'failed') and not met_lock;
