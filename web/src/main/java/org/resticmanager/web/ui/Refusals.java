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
    showAt(refusal.field().orElse(null), refusal);
  }

  /**
   * Shows a refusal.
   *
   * @param field the client id of the input to blame; null if none is
   */
  static void showAt(String field, Refusal refusal) {
    boolean onPage = field != null && blame(field);
    show(onPage ? field : null, onPage ? reason(refusal) : inWords(refusal));
  }

  /**
   * Shows a sentence.
   *
   * @param field the client id of the input to blame
   */
  static void showAt(String field, String sentence) {
    show(blame(field) ? field : null, sentence);
  }

  private static void show(String field, String sentence) {
    FacesContext.getCurrentInstance()
        .addMessage(field, new FacesMessage(FacesMessage.SEVERITY_ERROR, sentence, sentence));
  }

  /** What was refused and why, in the language of the page. */
  static String inWords(Refusal refusal) {
    String english = inEnglish(refusal);
    String words = Sentences.in(Wording.locale(), english);
    return words.equals(english)
        ? asSentence(refusal.getMessage())
        : refusal.field().map(field -> field + ": ").orElse("") + words;
  }

  private static String reason(Refusal refusal) {
    return asSentence(Sentences.in(Wording.locale(), inEnglish(refusal)));
  }

  /** Why, without the name of its field: beside the field that says nothing. */
  private static String inEnglish(Refusal refusal) {
    String message = refusal.getMessage();
    String name = refusal.field().map(field -> field + " ").orElse("");
    return message.startsWith(name) ? message.substring(name.length()) : message;
  }

  /** Whether the input is on the page. */
  private static boolean blame(String field) {
    FacesContext faces = FacesContext.getCurrentInstance();
    return faces
        .getViewRoot()
        .invokeOnComponent(
            faces,
            field,
            (context, component) -> {
              if (component instanceof UIInput input) {
                blame(input);
              }
            });
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
