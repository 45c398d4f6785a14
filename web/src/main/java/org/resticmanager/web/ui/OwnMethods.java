package org.resticmanager.web.ui;

import jakarta.el.ELContext;
import jakarta.el.ELException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Calls the methods of this product's classes that pages name, such as {@code row.host()}. Each
 * class is looked through once. The resolver that all containers have looks through it for every
 * call, and copies all its methods to do so: a seventh of the time that a page of hosts took.
 *
 * <p>A name with a variable number of arguments, or with several methods that take as many, is left
 * to that resolver, and so is whatever is not public.
 */
public final class OwnMethods extends ReadingResolver {

  private static final String OURS = "org.resticmanager.";
  private static final Object[] NONE = {};

  /** By name. */
  private static final ClassValue<Map<String, List<Own>>> METHODS =
      new ClassValue<>() {
        @Override
        protected Map<String, List<Own>> computeValue(Class<?> type) {
          return methods(type);
        }
      };

  /**
   * A method that pages may name; no other of this name takes as many arguments.
   *
   * @param takes the types of its arguments
   */
  private record Own(Method method, List<Class<?>> takes) {

    static Own of(Method method) {
      return new Own(method, List.of(method.getParameterTypes()));
    }
  }

  private static Map<String, List<Own>> methods(Class<?> type) {
    Method[] all = type.getMethods();
    Set<String> variable =
        Arrays.stream(all)
            .filter(Method::isVarArgs)
            .map(Method::getName)
            .collect(Collectors.toSet());
    return Arrays.stream(all)
        .filter(method -> !method.isBridge() && !variable.contains(method.getName()))
        .collect(
            Collectors.groupingBy(
                Method::getName,
                Collectors.collectingAndThen(Collectors.toList(), OwnMethods::unambiguous)));
  }

  private static List<Own> unambiguous(List<Method> sameName) {
    return sameName.stream()
        .collect(Collectors.groupingBy(Method::getParameterCount))
        .values()
        .stream()
        .filter(alike -> alike.size() == 1 && callable(alike.get(0)))
        .map(alike -> Own.of(alike.get(0)))
        .toList();
  }

  private static boolean callable(Method method) {
    return Modifier.isPublic(method.getDeclaringClass().getModifiers());
  }

  @Override
  public Object invoke(
      ELContext context, Object base, Object name, Class<?>[] types, Object[] arguments) {
    if (base == null || !base.getClass().getName().startsWith(OURS)) {
      return null;
    }
    Object[] given = arguments == null ? NONE : arguments;
    Own own = find(base.getClass(), name.toString(), given.length);
    if (own == null) {
      return null;
    }
    Object answer = call(own.method(), base, converted(context, given, own.takes()));
    context.setPropertyResolved(base, name);
    return answer;
  }

  private static Own find(Class<?> type, String name, int arguments) {
    for (Own own : METHODS.get(type).getOrDefault(name, List.of())) {
      if (own.takes().size() == arguments) {
        return own;
      }
    }
    return null;
  }

  private static Object[] converted(ELContext context, Object[] arguments, List<Class<?>> types) {
    if (arguments.length == 0) {
      return arguments;
    }
    Object[] converted = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      converted[i] = context.convertToType(arguments[i], types.get(i));
    }
    return converted;
  }

  private static Object call(Method method, Object base, Object... arguments) {
    try {
      return method.invoke(base, arguments);
    } catch (IllegalAccessException e) {
      throw new ELException(e);
    } catch (InvocationTargetException e) {
      throw new ELException(e.getCause());
    }
  }
}
