/** Whether this node lives and is ready for work, for balancers and scripts. */
package org.resticmanager.web.health;
