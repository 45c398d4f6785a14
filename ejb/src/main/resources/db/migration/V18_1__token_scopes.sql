-- What a token may do at most; its person's role limits it further. Tokens of before could do whatever their person could.
alter table api_token
  add id           uuid not null default gen_random_uuid(),
  add scope        text not null default 'admin' check (scope in ('read', 'operate', 'restore', 'admin')),
  add last_used_at timestamptz;
alter table api_token
  alter id drop default,
  alter scope drop default;
create unique index api_token_id on api_token (id);
create index api_token_user on api_token (user_id);
