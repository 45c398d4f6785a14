/** The people: how the first administrator comes to be, who may sign in, and API tokens. */
package org.resticmanager.user;
