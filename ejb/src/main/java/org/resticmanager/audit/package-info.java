/**
 * Who did what to what, from where: audit events, written in the transaction of the change itself,
 * and the chain that shows whether somebody has altered them since.
 */
package org.resticmanager.audit;
