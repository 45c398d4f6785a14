package org.resticmanager.health;

import java.util.Optional;
import org.resticmanager.host.HostId;
import org.resticmanager.repository.RepositoryId;

/**
 * A host that somebody should look after.
 *
 * @param host which
 * @param name its name
 * @param online whether its agent is connected, so that something could be run there
 * @param judgement what is wrong, and since when
 * @param repository that it backs up to
 * @param exitCode restic's, of the backup that it is about
 * @param error what that backup says
 */
public record Concern(
    HostId host,
    String name,
    boolean online,
    Judgement judgement,
    Optional<RepositoryId> repository,
    Optional<Integer> exitCode,
    Optional<String> error) {}
