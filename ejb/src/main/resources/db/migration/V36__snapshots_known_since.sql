-- A list of snapshots may be older than what has been heard of since it was read: it does not remove that.
alter table snapshot add known_since timestamptz not null default now();
