package org.resticmanager.user;

/**
 * A person who is signed in.
 *
 * @param signIn by which sign-in
 * @param caller the person, as their account stands now
 */
public record Presence(SignInId signIn, Caller caller) {}
