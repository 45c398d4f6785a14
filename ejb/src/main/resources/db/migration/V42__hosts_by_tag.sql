-- Which tags there are, and the hosts that have one, without reading those of all hosts.
create index host_tag_tag on host_tag (tag, host_id);
