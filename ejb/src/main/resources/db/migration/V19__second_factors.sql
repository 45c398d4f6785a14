-- A person's one-time codes (RFC 6238). The secret is an envelope; until a code has shown that the person's
-- app has it (confirmed_at) nothing is asked of them. The id is that of the person. A code counts for a step of 30 seconds: no step twice.
create table second_factor (
  id              uuid primary key references app_user on delete cascade,
  secret_envelope bytea not null,
  confirmed_at    timestamptz,
  last_step       bigint not null default 0
);

-- For when the app is lost; each works once.
create table recovery_code (
  user_id   uuid not null references app_user on delete cascade,
  code_hash bytea not null,
  primary key (user_id, code_hash)
);
