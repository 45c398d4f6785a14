/**
 * Changes of repositories' passwords while their hosts go on: the steps, the jobs for them, and who
 * wanted it.
 */
package org.resticmanager.rotation;
