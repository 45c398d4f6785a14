package org.resticmanager.web.ui;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The language of a page: the one that was chosen in this browser, else what the browser asks for.
 * The browser keeps the choice, so that it counts at the sign-in too.
 */
public class ChosenLanguage extends ViewHandlerWrapper {

  private static final String COOKIE = "RESTIC_MANAGER_LANGUAGE";
  private static final int YEAR_SECONDS = 365 * 24 * 60 * 60;

  /** The container makes one. */
  public ChosenLanguage(ViewHandler wrapped) {
    super(wrapped);
  }

  @Override
  public Locale calculateLocale(FacesContext faces) {
    return chosen(faces).orElseGet(() -> super.calculateLocale(faces));
  }

  /** What was chosen in this browser; empty if nothing was. */
  static Optional<Locale> chosen(FacesContext faces) {
    return faces.getExternalContext().getRequestCookieMap().get(COOKIE) instanceof Cookie cookie
        ? offered(faces, cookie.getValue())
        : Optional.empty();
  }

  /**
   * From the next page on this language counts; without one what the browser asks for does.
   *
   * @param encrypted whether the browser may tell it by TLS only
   */
  static void choose(FacesContext faces, String language, boolean encrypted) {
    var request = (HttpServletRequest) faces.getExternalContext().getRequest();
    Optional<Locale> choice = offered(faces, language);
    Cookie cookie = new Cookie(COOKIE, choice.map(Locale::getLanguage).orElse(""));
    cookie.setPath(request.getContextPath() + "/");
    cookie.setMaxAge(choice.isPresent() ? YEAR_SECONDS : 0);
    cookie.setHttpOnly(true);
    cookie.setSecure(encrypted);
    cookie.setAttribute("SameSite", "Lax");
    ((HttpServletResponse) faces.getExternalContext().getResponse()).addCookie(cookie);
  }

  /** The languages that there are. */
  static List<Locale> offered(FacesContext faces) {
    List<Locale> offered = new ArrayList<>();
    offered.add(faces.getApplication().getDefaultLocale());
    faces.getApplication().getSupportedLocales().forEachRemaining(offered::add);
    return offered.stream().distinct().toList();
  }

  private static Optional<Locale> offered(FacesContext faces, String language) {
    return offered(faces).stream().filter(each -> each.getLanguage().equals(language)).findFirst();
  }
}
