/**
 * The pages: one thin {@code *View} per page, which asks the components' boundaries and holds their
 * records for one request. Called by Faces only. What a page says stands in {@code
 * texts.properties}.
 */
package org.resticmanager.web.ui;
