package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.resticmanager.web.security.Encryption;

/** In which language a person reads the pages. */
@Named
@RequestScoped
public class LanguageView {

  @Inject private Encryption encryption;

  private final FacesContext faces = FacesContext.getCurrentInstance();
  private String chosen = ChosenLanguage.chosen(faces).map(Locale::getLanguage).orElse(null);

  /** The languages, each as those call it who read it. */
  public List<SelectItem> getChoices() {
    return ChosenLanguage.offered(faces).stream()
        .map(
            language ->
                new SelectItem(language.getLanguage(), language.getDisplayLanguage(language)))
        .toList();
  }

  /** Has the pages speak it from now on. */
  public String choose() {
    var request = (HttpServletRequest) faces.getExternalContext().getRequest();
    ChosenLanguage.choose(faces, chosen, encryption.of(request));
    return "/account.xhtml?faces-redirect=true";
  }

  /** Null for what the browser asks for. */
  public String getChosen() {
    return chosen;
  }

  public void setChosen(String chosen) {
    this.chosen = chosen;
  }
}
