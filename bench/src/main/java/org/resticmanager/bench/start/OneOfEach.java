package org.resticmanager.bench.start;

import java.util.List;
import java.util.Map;
import org.resticmanager.bench.node.BareApplication;
import org.resticmanager.bench.start.oneofeach.OneApi;
import org.resticmanager.bench.start.oneofeach.OneBean;
import org.resticmanager.bench.start.oneofeach.OneEntity;
import org.resticmanager.bench.start.oneofeach.OneResource;
import org.resticmanager.bench.start.oneofeach.OneView;

/**
 * One entity in the server's own database in memory, one bean with transactions, one page and one
 * resource: it makes the server start all its parts that our application needs.
 */
final class OneOfEach {

  private static final String BEANS =
      """
      <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="all"/>
      """;

  private static final String WEB =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
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

  private static final String PERSISTENCE =
      """
      <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
        <persistence-unit name="one">
          <properties>
            <property name="jakarta.persistence.schema-generation.database.action" value="create"/>
          </properties>
        </persistence-unit>
      </persistence>
      """;

  private static final String PAGE =
      """
      <html xmlns="http://www.w3.org/1999/xhtml" xmlns:h="jakarta.faces.html">
        <h:head><title>one</title></h:head>
        <h:body>#{oneView.there}</h:body>
      </html>
      """;

  private OneOfEach() {}

  static BareApplication application() {
    return new BareApplication(
        "/api/one",
        Map.of(
            "WEB-INF/beans.xml", BEANS,
            "WEB-INF/web.xml", WEB,
            "WEB-INF/classes/META-INF/persistence.xml", PERSISTENCE,
            "index.xhtml", PAGE),
        List.of(OneEntity.class, OneBean.class, OneView.class, OneResource.class, OneApi.class),
        List.of());
  }
}
