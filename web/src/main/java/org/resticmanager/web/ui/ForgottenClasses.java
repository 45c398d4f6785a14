package org.resticmanager.web.ui;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.beans.Introspector;

/**
 * Expressions in pages fill the JDK's cache of bean properties, which would keep all classes of an
 * application that has been taken from its server, one copy for each deployment. Other applications
 * of the server only fill it anew.
 */
@WebListener
public class ForgottenClasses implements ServletContextListener {

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    Introspector.flushCaches();
  }
}
