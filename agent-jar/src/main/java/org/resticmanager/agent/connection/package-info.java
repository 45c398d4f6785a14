/**
 * The one outbound connection to the control plane: the enrolment call, and the WebSocket on which
 * commands come in and events go out. It hands commands to the spool and sends what lies there;
 * only {@code cli} uses it.
 */
package org.resticmanager.agent.connection;
