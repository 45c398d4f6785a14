/**
 * The least that an application on the same server can do between a call and a frame: one UPDATE
 * that is committed. It knows no caller, no host and no rule.
 */
package org.resticmanager.bench.dispatch.least;
