/**
 * Single sign-on by an identity provider that speaks OpenID Connect: what is asked of it, and
 * whether its answers are good. Edges call {@link org.resticmanager.singlesignon.SingleSignOn}.
 */
package org.resticmanager.singlesignon;
