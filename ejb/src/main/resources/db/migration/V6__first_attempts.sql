-- Jobs that were queued before there were attempts name themselves too. Without that EclipseLink cannot read them: it knows no
-- UUID that is null.
update job set first_job_id = id where first_job_id is null;
