-- One envelope, so that a node with another key than the first one's is noticed when it starts.
create table secret_canary (
  id              uuid primary key,
  canary_envelope bytea not null
);
