-- Enrolment tokens can be listed and revoked: they get a name, and tell which host came in by them.
alter table enrolment_token
  add id         uuid not null default gen_random_uuid(),
  add label      text not null default '',
  add for_host   uuid references host on delete cascade,
  add used_by    uuid references host on delete set null,
  add revoked_at timestamptz;
alter table enrolment_token alter id drop default, alter label drop default;
create unique index enrolment_token_id on enrolment_token (id);
create index enrolment_token_for_host on enrolment_token (for_host);
create index enrolment_token_used_by on enrolment_token (used_by);
