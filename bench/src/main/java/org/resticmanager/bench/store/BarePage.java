package org.resticmanager.bench.store;

import java.util.List;
import java.util.Map;
import org.resticmanager.bench.node.BareApplication;
import org.resticmanager.bench.store.bare.BareView;

/**
 * A page of Jakarta Faces with a form and a table of fifty rows of six cells: what a page with a
 * list takes on this server that asks nobody for anything.
 */
final class BarePage {

  static final String PATH = "/rows.xhtml";

  private static final String BEANS =
      """
      <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
      """;

  private static final String WEB =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <context-param>
          <param-name>jakarta.faces.PROJECT_STAGE</param-name>
          <param-value>Production</param-value>
        </context-param>
        <servlet>
          <servlet-name>faces</servlet-name>
          <servlet-class>jakarta.faces.webapp.FacesServlet</servlet-class>
          <load-on-startup>1</load-on-startup>
        </servlet>
        <servlet-mapping>
          <servlet-name>faces</servlet-name>
          <url-pattern>*.xhtml</url-pattern>
        </servlet-mapping>
      </web-app>
      """;

  private static final String PAGE =
      """
      <html xmlns="http://www.w3.org/1999/xhtml" xmlns:h="jakarta.faces.html">
        <h:head><title>rows</title></h:head>
        <h:body>
          <h:form>
            <h:dataTable value="#{bareView.rows}" var="row">%s</h:dataTable>
          </h:form>
        </h:body>
      </html>
      """
          .formatted("<h:column>#{row}</h:column>".repeat(6));

  private BarePage() {}

  static BareApplication application() {
    return new BareApplication(
        PATH,
        Map.of("WEB-INF/beans.xml", BEANS, "WEB-INF/web.xml", WEB, PATH.substring(1), PAGE),
        List.of(BareView.class),
        List.of());
  }
}
