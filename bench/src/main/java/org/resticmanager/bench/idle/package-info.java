/**
 * What an agent with nothing to do takes of its host, and how long it is until it says hello;
 * beside the least that a program can be that holds such a connection.
 */
package org.resticmanager.bench.idle;
