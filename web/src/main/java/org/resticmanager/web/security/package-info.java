/**
 * Who a request comes from: one mechanism turns agent tokens, API tokens and sign-ins into one kind
 * of caller, whom every other part asks by role.
 */
package org.resticmanager.web.security;
