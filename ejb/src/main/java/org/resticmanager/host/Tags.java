package org.resticmanager.host;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.resticmanager.platform.Invalid;

/**
 * The tags of a host.
 *
 * @param names sorted, no two alike
 */
public record Tags(List<String> names) {

  /** No tags. */
  public static final Tags NONE = new Tags(List.of());

  private static final int MOST = 20;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");

  public Tags {
    names = List.copyOf(names);
  }

  /**
   * Tags that somebody wants.
   *
   * @param given in any order, also twice
   * @throws Invalid if there are too many, or one is no tag
   */
  public static Tags of(Collection<String> given) {
    return of("tags", given);
  }

  /**
   * As {@link #of(Collection)}, for another field.
   *
   * @param field what a refusal names
   */
  public static Tags of(String field, Collection<String> given) {
    TreeSet<String> names = new TreeSet<>();
    for (String name : given) {
      if (!NAME.matcher(Objects.requireNonNullElse(name, "")).matches()) {
        throw new Invalid(
            field,
            "must consist of small letters, digits, '.', '_' and '-', begin with a letter or digit"
                + " and have at most 40 characters each");
      }
      names.add(name);
    }
    if (names.size() > MOST) {
      throw new Invalid(field, "must not be more than " + MOST);
    }
    return new Tags(List.copyOf(names));
  }
}
