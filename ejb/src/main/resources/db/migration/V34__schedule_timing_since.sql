-- Since when a schedule fires at the moments that it does now: moments before that were not missed.
alter table schedule add timing_since timestamptz not null default now();
update schedule set timing_since = created_at;
