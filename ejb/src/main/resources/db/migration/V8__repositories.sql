-- Repositories that are edited, removed and shared by two slots of credentials.

-- One that is removed from management keeps its row, because jobs of it are kept; its name is free.
alter table repository add removed_at timestamptz;
alter table repository drop constraint repository_name_key;
create unique index repository_name on repository (name) where removed_at is null;

-- The admin slot may have a location of its own, and needs a password only if it is another one
-- than that of the everyday slot. The environment is a JSON object in an envelope; its names are
-- no secret.
alter table repository_credential
  alter password_envelope drop not null,
  add url                  text,
  add environment_envelope bytea,
  add environment_names    text not null default '[]',
  add check (slot = 'admin' or password_envelope is not null);


-- How a repository has grown: what was known of it at the end of each day (UTC).
create table repository_history (
  repository_id    uuid not null references repository on delete cascade,
  day              date not null,
  total_size_bytes bigint,
  raw_size_bytes   bigint,
  unique_files     bigint,
  snapshot_count   bigint,
  freed_bytes      bigint not null default 0,
  measured_at      timestamptz not null,
  primary key (repository_id, day)
);
