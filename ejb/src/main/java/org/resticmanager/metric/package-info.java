/** What monitoring asks of a node: numbers, and nothing that names a host, a path or a person. */
package org.resticmanager.metric;
