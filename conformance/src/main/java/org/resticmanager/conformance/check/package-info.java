/**
 * What a check is, how checks are run, and how their results are told. Knows neither sockets nor
 * the protocol.
 */
package org.resticmanager.conformance.check;
