/** The kit's command line. */
package org.resticmanager.conformance.cli;
