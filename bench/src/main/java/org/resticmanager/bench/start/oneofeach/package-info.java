/** An application with one of each kind of what ours is made of, which does nothing. */
package org.resticmanager.bench.start.oneofeach;
