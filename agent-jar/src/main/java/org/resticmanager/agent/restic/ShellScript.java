package org.resticmanager.agent.restic;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The few lines of shell around a restic: they note its process and its exit code in files, so that
 * both are known even if we die before it. Before that they claim the right to run it by renaming a
 * file, which succeeds only once: an agent that finds the file unclaimed may take it away and can
 * be sure that this restic never begins. File names reach restic byte by byte as they are, whatever
 * the locale is in which the JVM was started: a JVM in the POSIX locale would turn every letter
 * outside ASCII in an argument or a variable into a question mark.
 */
final class ShellScript {

  private static final String PREFIX = "RESTIC_MANAGER_ENV_";

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> environment = new LinkedHashMap<>();

  ShellScript(String name, List<String> command, Map<String, String> variables) {
    text.append("mv ").append(quoted(name + ".go")).append(' ').append(quoted(name + ".pid"));
    text.append(" 2>/dev/null || exit 125\n");
    variables.forEach(this::variable);
    // the second line holds the moment at which the process began; where there is none, none
    text.append("/bin/sh -c '{ read -r stat </proc/$$/stat; } 2>/dev/null; ");
    text.append("printf \"%s\\n\" \"$$\" \"$stat\" >>\"$0\" && exec \"$@\"' ");
    text.append(quoted(name + ".pid"));
    command.forEach(argument -> text.append(' ').append(quoted(argument)));
    text.append("\ncode=$?\n");
    // written over what lies there: a full disk has room for that
    text.append("echo \"$code\" 1<>").append(quoted(name + ".exit.new"));
    text.append(" && mv -f ").append(quoted(name + ".exit.new")).append(' ');
    text.append(quoted(name + ".exit")).append("\nexit \"$code\"\n");
  }

  /** What the script's file holds; no secret among it. */
  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The variables that the script must be started with; all ASCII. */
  Map<String, String> environment() {
    return environment;
  }

  private void variable(String name, String value) {
    if (value.chars().allMatch(c -> c >= ' ' && c < 127)) {
      environment.put(name, value);
      return;
    }
    String carrier = PREFIX + environment.size();
    environment.put(carrier, octal(value));
    // the dot keeps a line end at the value's end, which $( ) would take away
    text.append(name).append("=$(printf '%b.' \"$").append(carrier).append("\")\n");
    text.append(name).append("=${").append(name).append("%.}\n");
    text.append("export ").append(name).append("\nunset ").append(carrier).append('\n');
  }

  private static String octal(String value) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      escaped.append(String.format("\\0%03o", b & 0xff));
    }
    return escaped.toString();
  }

  private static String quoted(String argument) {
    return "'" + argument.replace("'", "'\\''") + "'";
  }
}
