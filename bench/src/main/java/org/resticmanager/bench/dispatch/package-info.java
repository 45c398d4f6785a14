/** How long it takes from "run now" to the order on the wire, while a thousand agents idle. */
package org.resticmanager.bench.dispatch;
