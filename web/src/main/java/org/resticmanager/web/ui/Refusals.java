package org.resticmanager.web.ui;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.resticmanager.platform.Refusal;

/** Says on the page what was refused and why, at the field that is to blame if there is one. */
final class Refusals {

  private Refusals() {}

  /** Shows a refusal; its field's name is the id of the input on the page. */
  static void show(Refusal refusal) {
    refusal
        .field()
        .ifPresentOrElse(
            field -> showAt(field, refusal.getMessage()), () -> showAt(null, refusal.getMessage()));
  }

  /**
   * Shows a sentence.
   *
   * @param field the client id of the input to blame; null if none is
   */
  static void showAt(String field, String sentence) {
    FacesContext faces = FacesContext.getCurrentInstance();
    boolean onPage =
        field != null
            && faces
                .getViewRoot()
                .invokeOnComponent(
                    faces,
                    field,
                    (context, component) -> {
                      if (component instanceof UIInput input) {
                        blame(input);
                      }
                    });
    // beside its field the name that programs know it by says nothing
    boolean named = onPage && sentence.startsWith(field + " ");
    String text = asSentence(named ? sentence.substring(field.length() + 1) : sentence);
    faces.addMessage(
        onPage ? field : null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, text));
  }

  /** What was typed stays: PrimeFaces shows an invalid input empty unless it was just sent. */
  private static void blame(UIInput input) {
    input.setValid(false);
    if (input.getValue() instanceof String typed) {
      input.setSubmittedValue(typed);
    }
  }

  /** Ends the request as not found: the thing that the address names does not exist. */
  static void answerNotFound() {
    FacesContext faces = FacesContext.getCurrentInstance();
    try {
      faces.getExternalContext().responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    faces.responseComplete();
  }

  private static String asSentence(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
