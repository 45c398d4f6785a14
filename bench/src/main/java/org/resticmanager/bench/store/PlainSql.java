package org.resticmanager.bench.store;

import java.util.List;

/** What pages show, as somebody would ask for it who has nothing but the tables and psql. */
final class PlainSql {

  private static final String HOSTS = " from host h left join host_health n on n.host_id = h.id";
  private static final String WITH_TAG =
      " where exists (select 1 from host_tag t where t.host_id = h.id and t.tag = 'site-7')";
  private static final String JOBS =
      "select j.id, j.kind, j.status, j.queued_at, j.started_at, j.finished_at, h.name from job j"
          + " join host h on h.id = j.host_id";

  private PlainSql() {}

  /** How many hosts are how well, who needs somebody, how the day was, and what has grown. */
  static List<String> overview() {
    return List.of(
        "select coalesce(n.health, 'unknown'), count(*)" + HOSTS + " group by 1",
        concerns("failing"),
        concerns("at-risk"),
        "select date_trunc('hour', finished_at), status, count(*) from job where finished_at >="
            + " now() - interval '24 hours' and status in ('succeeded', 'failed') and not met_lock"
            + " group by 1, 2",
        "select id, name, raw_size_bytes from repository order by raw_size_bytes desc limit 10");
  }

  private static String concerns(String health) {
    return "select h.name, n.reason, n.since, j.error"
        + HOSTS
        + " left join job j on j.id = n.job_id where n.health = '"
        + health
        + "' order by n.since limit 50";
  }

  static List<String> hostsByName() {
    return hosts("", "h.name", 0);
  }

  static List<String> failingHosts() {
    return hosts(" where n.health = 'failing'", "n.since", 0);
  }

  static List<String> hostsByPartOfName() {
    return hosts(" where h.name like '%77%' or h.hostname like '%77%'", "h.name", 0);
  }

  static List<String> hostsWithTag(int offset) {
    return hosts(WITH_TAG, "h.name", offset);
  }

  /** A page of hosts with their tags and their last jobs, and how many there are. */
  private static List<String> hosts(String where, String order, int offset) {
    String page =
        "select h.id, h.name, h.os, h.last_seen_at, n.health, n.reason, n.since"
            + HOSTS
            + where
            + " order by "
            + order
            + " limit 50 offset "
            + offset;
    return List.of(
        "select count(*)" + HOSTS + where,
        page,
        "select t.host_id, t.tag from host_tag t join (" + page + ") p on p.id = t.host_id",
        "select p.id, j.status, j.finished_at from ("
            + page
            + ") p left join lateral (select status, finished_at from job where host_id = p.id"
            + " and kind = 'backup' order by id desc limit 1) j on true",
        "select distinct tag from host_tag order by tag");
  }

  static List<String> jobs() {
    return List.of(JOBS + " order by j.id desc limit 50");
  }
}
