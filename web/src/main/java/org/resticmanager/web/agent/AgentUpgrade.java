package org.resticmanager.web.agent;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;

/**
 * Keeps what a request refers to small once its socket is gone. Payara uses request objects again,
 * each thread has sixteen, and they go on referring to the handler of their last upgrade; Tyrus'
 * handler refers to a buffer that has grown to its largest frame. A few hundred threads would keep
 * gigabytes for agents that are long gone.
 */
@WebFilter(urlPatterns = "/ws/*", asyncSupported = true)
public class AgentUpgrade implements Filter {

  /** Open Liberty's handlers have to be its own, and it has nothing to let go. */
  private static final String TYRUS = "org.glassfish.tyrus.";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new Upgradable((HttpServletRequest) request), response);
  }

  /** Gives the server a handler that lets go, and whoever upgrades the one that it wants. */
  private static final class Upgradable extends HttpServletRequestWrapper {

    Upgradable(HttpServletRequest request) {
      super(request);
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> type)
        throws IOException, ServletException {
      if (!type.getName().startsWith(TYRUS)) {
        return super.upgrade(type);
      }
      try {
        T wanted = type.getDeclaredConstructor().newInstance();
        super.upgrade(LettingGo.class).become(wanted);
        return wanted;
      } catch (ReflectiveOperationException e) {
        throw new ServletException(e);
      }
    }
  }
}
