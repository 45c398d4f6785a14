-- Machines that have announced themselves, and wait for somebody to let them in. One key, one row.
create table announcement (
  id           uuid primary key,
  public_key   bytea not null unique,
  hostname     text not null,
  os           text not null,
  arch         text not null,
  address      text not null,
  status       text not null check (status in ('open', 'accepted', 'rejected')),
  announced_at timestamptz not null,
  expires_at   timestamptz not null,
  decided_at   timestamptz,
  decided_by   text,
  host_id      uuid references host on delete cascade
);
create index announcement_address on announcement (address, announced_at);
create index announcement_expires on announcement (expires_at);
create index announcement_host on announcement (host_id);

-- By this key the nodes know each other's challenges. It is no secret that opens anything: who knew
-- it could only sign with a key of their own ahead of time.
create table announcement_challenge_key (key bytea not null);
insert into announcement_challenge_key
  values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
