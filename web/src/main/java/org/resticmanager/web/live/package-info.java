/** Tells open pages that something has changed; what it is they ask for themselves. */
package org.resticmanager.web.live;
