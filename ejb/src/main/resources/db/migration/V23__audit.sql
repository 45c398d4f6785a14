-- Who did what to what. Rows are never changed but once, when they join the chain.
create table audit_event (
  id           uuid primary key,
  at           timestamptz not null,
  actor        text not null,
  address      text,
  action       text not null,
  target_type  text,
  target_id    text,
  target_name  text,
  facts_before text,
  facts_after  text,
  number       bigint unique,
  mark         bytea
);
create index audit_event_waiting on audit_event (id) where number is null;
create index audit_event_actor on audit_event (actor, id);
create index audit_event_action on audit_event (action, id);
create index audit_event_target_id on audit_event (target_id, id);
create index audit_event_target_name on audit_event (target_name, id);

-- The one chain: its key in an envelope, and where it ends.
create table audit_chain (
  id           uuid primary key check (id = '00000000-0000-0000-0000-000000000001'),
  key_envelope bytea not null,
  number       bigint not null,
  mark         bytea not null
);
