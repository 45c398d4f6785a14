/** The way to the identity provider and back, for browsers; pages only link to it. */
package org.resticmanager.web.singlesignon;
