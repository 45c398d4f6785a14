-- Which slot's credentials a job uses; prune and unlock use the admin slot's in any case.
alter table job add admin_credentials boolean not null default false;
