package org.resticmanager.user;

import java.util.Set;
import org.resticmanager.host.Sight;

/**
 * A program that has shown a good API token.
 *
 * @param token which one
 * @param caller whose token it is
 * @param groups what it may do: no more than its scope, and no more than its person
 * @param sight which hosts it sees: likewise
 */
public record Program(TokenId token, Caller caller, Set<String> groups, Sight sight) {}
