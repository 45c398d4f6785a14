-- What people have the list of hosts show, under names of their own.
create table saved_view (
  id      uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  name    text not null,
  query   text not null,
  unique (user_id, name)
);
