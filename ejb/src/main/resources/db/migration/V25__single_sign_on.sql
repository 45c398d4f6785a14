-- People of an identity provider are known by its address and the name that it never gives to another; they have no password here.
alter table app_user
  add issuer  text,
  add subject text,
  add constraint app_user_identity_whole check ((issuer is null) = (subject is null)),
  add constraint app_user_one_way_in check (issuer is null or password_hash is null);
create unique index app_user_identity on app_user (issuer, subject);
