package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.el.ELContext;
import jakarta.el.ELException;
import jakarta.el.ELResolver;
import jakarta.el.FunctionMapper;
import jakarta.el.VariableMapper;
import org.junit.jupiter.api.Test;

class OwnMethodsTest {

  private final OwnMethods methods = new OwnMethods();
  private final Context context = new Context();

  /** A host's row, say. */
  public static class Row {

    public String name() {
      return "web-1";
    }

    public String part(int from) {
      return name().substring(from);
    }

    public String part(int from, int to) {
      return name().substring(from, to);
    }

    public String either(String text) {
      return text;
    }

    public String either(Object other) {
      return other.toString();
    }

    public String all(String... parts) {
      return String.join("", parts);
    }

    public String all(String part) {
      return part;
    }

    public String fails() {
      throw new IllegalStateException("no row");
    }
  }

  /** Nobody outside may call what it declares. */
  private static final class HiddenRow extends Row {

    @Override
    public String part(int from) {
      return "hidden";
    }
  }

  @Test
  void aMethodIsCalled() {
    assertThat(call(new Row(), "name")).isEqualTo("web-1");
    assertThat(context.isPropertyResolved()).isTrue();
  }

  @Test
  void argumentsAreConvertedAndCounted() {
    assertThat(call(new Row(), "part", 4L)).isEqualTo("1");
    assertThat(call(new Row(), "part", 0L, 3L)).isEqualTo("web");
  }

  @Test
  void whatIsInheritedIsCalledToo() {
    assertThat(call(new HiddenRow(), "name")).isEqualTo("web-1");
  }

  @Test
  void whatIsNotClearIsLeftToTheContainer() {
    assertLeft(new Row(), "either", "text");
    assertLeft(new Row(), "all", "part");
    assertLeft(new Row(), "unknown");
    assertLeft(new HiddenRow(), "part", 4L);
    assertLeft("a text", "length");
    assertLeft(null, "name");
  }

  @Test
  void aFailureIsTheCauseOfTheExpressionsFailure() {
    assertThatThrownBy(() -> call(new Row(), "fails"))
        .isInstanceOf(ELException.class)
        .hasRootCauseMessage("no row");
  }

  private Object call(Object base, String name, Object... arguments) {
    context.setPropertyResolved(false);
    return methods.invoke(context, base, name, null, arguments);
  }

  private void assertLeft(Object base, String name, Object... arguments) {
    assertThat(call(base, name, arguments)).isNull();
    assertThat(context.isPropertyResolved()).as(name).isFalse();
  }

  /** Makes numbers of numbers, as the container's does. */
  private static final class Context extends ELContext {

    @Override
    @SuppressWarnings("unchecked")
    public <T> T convertToType(Object object, Class<T> type) {
      return (T) (type == int.class ? ((Number) object).intValue() : object);
    }

    @Override
    public ELResolver getELResolver() {
      return null;
    }

    @Override
    public FunctionMapper getFunctionMapper() {
      return null;
    }

    @Override
    public VariableMapper getVariableMapper() {
      return null;
    }
  }
}
