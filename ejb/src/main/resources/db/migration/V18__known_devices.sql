-- Browsers in which a person has signed in before: guesses by others do not make them wait there.
create table known_device (
  token_hash   bytea not null,
  user_id      uuid not null references app_user on delete cascade,
  last_used_at timestamptz not null,
  primary key (token_hash, user_id)
);
create index known_device_user on known_device (user_id, last_used_at);
