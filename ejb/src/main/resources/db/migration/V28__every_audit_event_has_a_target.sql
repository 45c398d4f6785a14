-- Every event names what something was done to.
alter table audit_event alter column target_type set not null;
alter table audit_event alter column target_id set not null;
alter table audit_event alter column target_name set not null;
