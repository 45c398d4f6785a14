-- People come in by a link of their own and choose their password themselves: until then there is none.
alter table app_user
  alter password_hash drop not null,
  add disabled_at timestamptz;

-- The newest link of a person is the only one that works, once.
create table set_up_link (
  user_id    uuid primary key references app_user on delete cascade,
  token_hash bytea not null unique,
  expires_at timestamptz not null
);

-- Who is signed in, where, until when: the truth for every node. A browser's web session names the id; a
-- program presents a token.
create table sign_in (
  id           uuid primary key,
  user_id      uuid not null references app_user on delete cascade,
  token_hash   bytea unique,
  address      text not null,
  program      text not null,
  began_at     timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null
);
create index sign_in_user on sign_in (user_id);
create index sign_in_expiry on sign_in (expires_at);

-- Sign-ins of the API were tokens among the others until now; they lasted 12 hours.
delete from api_token where label = 'sign-in' and expires_at <= created_at + interval '12 hours';
