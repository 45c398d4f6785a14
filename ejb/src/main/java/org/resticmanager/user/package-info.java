/**
 * The people: how they come to be, what they may do, where they are signed in, and their API
 * tokens. Edges let people in through {@link org.resticmanager.user.FrontDoor}.
 */
package org.resticmanager.user;
