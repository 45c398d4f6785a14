-- How much of its network a host gives to restic, and when: a JSON object.
create table host_bandwidth (
  host_id uuid primary key references host on delete cascade,
  plan    text not null
);

-- Limits that somebody has set for one job, instead of its host's; both or none.
alter table job
  add limit_upload_kib   bigint,
  add limit_download_kib bigint;
