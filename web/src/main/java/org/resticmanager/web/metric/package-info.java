/** Where Prometheus asks. */
package org.resticmanager.web.metric;
