-- A web session dies with its node; the browser's cookie is known to all.
alter table sign_in add cookie_hash bytea unique;
