/** JSON, wherever something of ours reads or writes it. */
package org.resticmanager.protocol.json;
