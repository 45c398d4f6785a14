package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import java.util.Map;

/** The page for what went wrong: says which kind, never how. */
@Named
@RequestScoped
public class ErrorView {

  /**
   * Which texts of {@code error.*} apply: {@code 403}, {@code 404}, {@code 500}, {@code expired}.
   */
  public String getKind() {
    Map<String, Object> request =
        FacesContext.getCurrentInstance().getExternalContext().getRequestMap();
    if (request.get(RequestDispatcher.ERROR_EXCEPTION) instanceof ViewExpiredException) {
      return "expired";
    }
    Object status = request.get(RequestDispatcher.ERROR_STATUS_CODE);
    if (status == null) {
      return "404";
    }
    return switch ((int) status) {
      case 403, 404 -> status.toString();
      default -> "500";
    };
  }
}
