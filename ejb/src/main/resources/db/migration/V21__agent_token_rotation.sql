-- Tokens of agents are replaced while they work. A new one counts as soon as it is made; the older
-- ones go when the agent has signed in with it, or some hours after it has confirmed to have it.
alter table agent_token
  add id           uuid not null default gen_random_uuid(),
  add confirmed_at timestamptz,
  add signed_in_at timestamptz,
  add expires_at   timestamptz;
alter table agent_token alter id drop default;
create unique index agent_token_id on agent_token (id);

-- Somebody wants a host's token replaced, as soon as its agent is there.
create table agent_token_rotation (
  host_id      uuid primary key references host on delete cascade,
  requested_at timestamptz not null,
  requested_by text not null
);
