-- People and API tokens may be limited to hosts with certain tags; none: they see every host.
alter table app_user add column host_tags text[] not null default '{}';
alter table app_user add constraint administrators_see_every_host check (role <> 'admin' or host_tags = '{}');
alter table api_token add column host_tags text[] not null default '{}';

-- Sight: groups of tags, '|' between them and ' ' within; a host is seen if it has a tag of each group.
create function host_in_sight(host uuid, sight text) returns boolean language sql stable as $$
  select sight = '' or not exists (
    select from unnest(string_to_array(sight, '|')) as one_of(tags)
    where not exists (
      select from host_tag t where t.host_id = host and t.tag = any (string_to_array(one_of.tags, ' '))))
$$;
