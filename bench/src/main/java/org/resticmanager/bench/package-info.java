/**
 * Benchmarks of the product's hot paths, each against something that everybody knows. Run by {@code
 * ci/bench}; nothing depends on them.
 */
package org.resticmanager.bench;
