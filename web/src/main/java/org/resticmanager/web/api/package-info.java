/**
 * The REST API, version 1. Resources unpack, call one boundary and answer; errors are problem
 * details (RFC 9457); a resource method that names no role lets nobody in.
 */
package org.resticmanager.web.api;
