/** How foreign text is made harmless to read; for pages and downloads alike. */
package org.resticmanager.web.text;
