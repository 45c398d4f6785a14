package org.resticmanager.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * {@code java -jar restic-manager.jar}: the control plane as one process, until SIGTERM or Ctrl-C.
 */
public final class Standalone {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final String SECRET_KEY = "secret.key";

  private static final String USAGE =
      """
      usage: java -jar restic-manager.jar [backup FILE | restore FILE | --help | --version]

      Starts the restic-manager control plane and runs until SIGTERM or Ctrl-C.

        backup FILE   writes the embedded database and the secret key into a file, while the control plane runs or not
        restore FILE  makes the data folder, which must be empty or missing, of such a file

      Settings, as system properties, environment variables (RESTIC_MANAGER_DATA_DIR, …)
      or lines of restic-manager.properties in this folder (or -Drestic-manager.config=FILE):

        restic-manager.data-dir           what is kept; default: restic-manager-data
        restic-manager.http.port          default: 8080
        restic-manager.http.address       default: 0.0.0.0, all addresses of this machine
        restic-manager.url                how browsers and agents reach it; default: http://localhost:PORT
        restic-manager.database.url       jdbc:postgresql://HOST/NAME; default: an embedded PostgreSQL
        restic-manager.database.user      default: restic_manager
        restic-manager.database.password
        restic-manager.log.format         text or json; default: text
      """;

  private volatile boolean stopping;
  private volatile DataFolder folder;
  private volatile EmbeddedDatabase embedded;
  private volatile CompletableFuture<Void> databaseEnd = new CompletableFuture<>();
  private volatile boolean serverStarted;

  private Standalone() {}

  /**
   * The program. Exits with 1 if it cannot start and with 2 if it is called wrongly; the reason is
   * one line on standard error.
   */
  public static void main(String[] arguments) {
    if (arguments.length == 1 && arguments[0].equals("--help")) {
      Console.say(USAGE);
    } else if (arguments.length == 1 && arguments[0].equals("--version")) {
      Console.say("restic-manager " + Product.version());
    } else if (arguments.length == 2 && arguments[0].equals("backup")) {
      once(settings -> backup(settings, Path.of(arguments[1]).toAbsolutePath()));
    } else if (arguments.length == 2 && arguments[0].equals("restore")) {
      once(settings -> restore(settings, Path.of(arguments[1]).toAbsolutePath()));
    } else if (arguments.length > 0) {
      Console.complain("unknown argument " + arguments[0] + ", try --help");
      System.exit(WRONG_USAGE);
    } else {
      // As text: the first use of that class is what makes Java choose the log manager.
      System.setProperty(
          "java.util.logging.manager", "org.resticmanager.standalone.ServerLogManager");
      new Standalone().run();
    }
  }

  private static void once(Consumer<StandaloneSettings> work) {
    try {
      work.accept(SettingsReader.openForThisProcess().settings());
    } catch (StartFailure e) {
      Console.complain(e.getMessage());
      System.exit(FAILED);
    }
  }

  private static void backup(StandaloneSettings settings, Path file) {
    if (settings.database().isPresent()) {
      throw new StartFailure(
          "the database is yours: back it up with pg_dump, and %s apart from it"
              .formatted(settings.dataDir().resolve(SECRET_KEY)));
    }
    Path data = settings.dataDir();
    if (!Files.isDirectory(data.resolve("postgresql"))) {
      throw new StartFailure(StandaloneSettings.DATA_DIR + ": there is nothing in " + data);
    }
    if (DataFolder.isTaken(data)) {
      Backup.write(data, EmbeddedDatabase.running(data), file);
    } else {
      try (DataFolder folder = DataFolder.open(data);
          EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
        database.start();
        Backup.write(folder.path(), database.superuser(), file);
      } catch (IOException e) {
        throw new StartFailure("did not stop properly: " + Reasons.of(e), e);
      }
    }
    Console.say("written: " + file);
    Console.say(
        Files.exists(data.resolve(SECRET_KEY))
            ? "the secret key is in it: whoever has this file has every stored password"
            : "the secret key is NOT in it, because it comes from elsewhere: keep it too");
  }

  private static void restore(StandaloneSettings settings, Path file) {
    Restoration.make(settings.dataDir(), file);
    Console.say("restored to " + settings.dataDir());
    if (!Files.exists(settings.dataDir().resolve(SECRET_KEY))) {
      Console.say("the secret key was not in it: set it as it was (docs/secrets.md)");
    }
  }

  private void run() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "restic-manager stop"));
    try {
      start();
    } catch (StartFailure e) {
      fail(e.getMessage());
    } catch (RuntimeException | Error e) { // the server's threads would keep the process alive
      fail("cannot start: " + Reasons.rootOf(e));
    }
  }

  private void fail(String reason) {
    if (!stopping) { // what fails because we are being stopped is no news
      Console.complain(reason);
    }
    System.exit(FAILED);
  }

  private void start() {
    Instant begin = Instant.now();
    SettingsReader reader = SettingsReader.openForThisProcess();
    StandaloneSettings settings = reader.settings();
    ApplicationServer.checkAddress(settings);
    folder = DataFolder.open(settings.dataDir());
    Console.say("restic-manager " + Product.version() + ", data in " + folder.path());
    reader.file().ifPresent(file -> Console.say("settings: " + file));

    ApplicationServer server = new ApplicationServer(folder);
    DatabaseAccess database = settings.database().orElse(null);
    if (database == null) {
      embedded = EmbeddedDatabase.in(folder);
      embedded.start();
      databaseEnd =
          embedded.end().thenRunAsync(() -> fail("the embedded PostgreSQL ended unexpectedly"));
      database = embedded.access();
      Console.say("database: embedded PostgreSQL " + embedded.version());
    } else {
      database.check();
      Console.say("database: " + database.url());
    }

    reader.forApplication(settings).forEach(System::setProperty);
    System.setProperty(StandaloneSettings.DATA_DIR, folder.path().toString());
    System.setProperty(StandaloneSettings.DATABASE_URL, database.urlForApplication());
    System.setProperty(StandaloneSettings.DATABASE_USER, database.user());
    System.setProperty(StandaloneSettings.DATABASE_PASSWORD, database.password());
    Console.divertStandardStreams();
    serverStarted = true;
    server.start(settings);
    if (!stopping) {
      Console.say(
          "ready in %.1f s: %s"
              .formatted(
                  Duration.between(begin, Instant.now()).toMillis() / 1000.0, settings.url()));
    }
  }

  private void stop() {
    stopping = true;
    if (serverStarted) {
      Console.say("stopping");
      ApplicationServer.awaitStop();
    }
    try {
      if (embedded != null) {
        databaseEnd.cancel(false);
        embedded.close();
      }
      ServerLogManager.close();
      if (folder != null) {
        folder.close();
      }
      if (serverStarted) {
        Console.say("stopped");
      }
    } catch (IOException e) {
      Console.complain("did not stop properly: " + Reasons.of(e));
    }
  }
}
