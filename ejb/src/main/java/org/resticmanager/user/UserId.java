package org.resticmanager.user;

import java.io.Serializable;
import java.util.UUID;

/** Identifies a person. Lies in web sessions, which a server may write to disk. */
public record UserId(UUID value) implements Serializable {}
