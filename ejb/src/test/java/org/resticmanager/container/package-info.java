/** The beans of this module without a server, for tests that move the clock. */
package org.resticmanager.container;
