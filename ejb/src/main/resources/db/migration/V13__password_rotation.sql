-- Changes of repositories' passwords, while their hosts go on.

-- Beside the password in use lies another one: that which is to come, or that which is to go. Only one
-- host at a time is told of it, the one that has to do with it. Ids that may be missing are text: EclipseLink
-- binds no null to a uuid.
alter table repository_credential
  add other_password_envelope bytea,
  add other_password_host     text;

-- The newest change of each repository, whether it is under way or over.
create table password_rotation (
  repository_id uuid primary key references repository on delete cascade,
  step          text not null
    check (step in ('adding', 'removing', 'withdrawing', 'done', 'given-up', 'key-left')),
  began_at      timestamptz not null,
  began_by      text not null,
  step_at       timestamptz not null,
  switched_at   timestamptz, -- from then on the new password is the one in use
  job_id        text -- the first attempt of the last job for it
);
create index password_rotation_job on password_rotation (job_id);
