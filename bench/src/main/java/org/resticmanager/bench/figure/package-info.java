/** What is made of many measurements, and how it is printed. */
package org.resticmanager.bench.figure;
