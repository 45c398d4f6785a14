-- What people call a host besides its name, to find those that belong together.
create table host_tag (
  host_id uuid not null references host on delete cascade,
  tag     text not null,
  primary key (host_id, tag)
);
