/** How fast the list of a very large repository gets into the database, beside one plain COPY. */
package org.resticmanager.bench.snapshots;
