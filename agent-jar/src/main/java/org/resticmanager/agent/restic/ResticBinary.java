package org.resticmanager.agent.restic;

import java.nio.file.Path;

/**
 * A restic that can be run on this machine.
 *
 * @param path where it is
 * @param version what it is
 */
public record ResticBinary(Path path, ResticVersion version) {}
