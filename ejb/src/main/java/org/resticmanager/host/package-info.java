/** The managed machines: who they are, what runs there and when they were last heard of. */
package org.resticmanager.host;
