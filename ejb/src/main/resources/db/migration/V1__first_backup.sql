-- What the first backup needs: hosts and their tokens, people, repositories, source groups, jobs,
-- job logs and snapshots. Secrets are envelopes (bytea), tokens are SHA-256 (bytea).

create table app_user (
  id            uuid primary key,
  name          text not null,
  password_hash text not null,
  role          text not null check (role in ('admin', 'operator', 'restore-operator', 'viewer')),
  created_at    timestamptz not null
);
create unique index app_user_name on app_user (lower(name));

create table set_up_token (
  token_hash bytea primary key,
  created_at timestamptz not null
);

create table api_token (
  token_hash   bytea primary key,
  user_id      uuid not null references app_user on delete cascade,
  label        text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null
);

create table host (
  id               uuid primary key,
  name             text not null unique,
  hostname         text not null,
  os               text not null,
  arch             text not null,
  agent_version    text not null default '',
  restic_version   text not null default '',
  protocol_version integer not null default 0,
  boot_time        timestamptz,
  enrolled_at      timestamptz not null,
  last_seen_at     timestamptz
);

create table agent_token (
  token_hash bytea primary key,
  host_id    uuid not null references host on delete cascade,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index agent_token_host on agent_token (host_id);

create table enrolment_token (
  token_hash bytea primary key,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);

create table repository (
  id               uuid primary key,
  name             text not null unique,
  url              text not null,
  created_at       timestamptz not null,
  initialised_at   timestamptz,
  total_size_bytes bigint,
  raw_size_bytes   bigint,
  unique_files     bigint,
  snapshot_count   bigint,
  lock_present     boolean,
  last_check_at    timestamptz,
  last_check_status text,
  last_prune_at    timestamptz,
  last_prune_freed_bytes bigint,
  measured_at      timestamptz
);

create table repository_credential (
  id                  uuid primary key,
  repository_id       uuid not null references repository on delete cascade,
  slot                text not null check (slot in ('repo', 'admin')),
  password_envelope   bytea not null,
  username            text,
  credential_envelope bytea,
  unique (repository_id, slot)
);

create table repository_connection (
  host_id       uuid primary key references host on delete cascade,
  repository_id uuid not null references repository,
  connected_at  timestamptz not null
);
create index repository_connection_repository on repository_connection (repository_id);

create table source_group (
  id         uuid primary key,
  host_id    uuid not null references host on delete cascade,
  name       text not null,
  includes   text not null,
  excludes   text not null,
  created_at timestamptz not null,
  unique (host_id, name)
);

create table job (
  id              uuid primary key,
  host_id         uuid not null references host on delete cascade,
  repository_id   uuid references repository,
  source_group_name text,
  kind            text not null,
  status          text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  queued_at       timestamptz not null,
  queued_by       text not null,
  dispatched_at   timestamptz,
  accepted_at     timestamptz,
  started_at      timestamptz,
  finished_at     timestamptz,
  exit_code       integer,
  error           text,
  snapshot_id     text,
  stats           text,
  percent_done    double precision,
  files_done      bigint,
  total_files     bigint,
  bytes_done      bigint,
  total_bytes     bigint,
  eta_seconds     bigint,
  throughput_bps  bigint
);
create index job_host on job (host_id, id desc);
create index job_open on job (host_id, id) where status in ('queued', 'running');

create table job_log_line (
  job_id  uuid not null references job on delete cascade,
  seq     bigint not null,
  ts      timestamptz not null,
  stream  text not null,
  payload text not null,
  primary key (job_id, seq)
);

create table snapshot (
  repository_id uuid not null references repository on delete cascade,
  id            text not null,
  short_id      text not null,
  taken_at      timestamptz not null,
  hostname      text not null,
  paths         text not null,
  tags          text not null,
  size_bytes    bigint not null,
  file_count    bigint not null,
  primary key (repository_id, id)
);
create index snapshot_host on snapshot (repository_id, hostname, taken_at desc, id desc);
