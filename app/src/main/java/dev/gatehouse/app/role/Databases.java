package dev.gatehouse.app.role;

import dev.gatehouse.app.configuration.Configuration;
import dev.gatehouse.core.cause.StartCause;
import dev.gatehouse.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configured database. */
final class Databases {
    private static final String SQLITE = "sqlite";
    private static final Pattern USER = Pattern.compile("([?&])user=([^&]*)&?");

    private Databases() {}

    static Database open(Preparation preparation) {
        Configuration.Database database = preparation.configuration().database();
        if (database.url().equals(SQLITE)) {
            return Database.sqlite(preparation.data().databaseFile());
        }
        Matcher user = USER.matcher(database.url());
        String name = user.find() ? user.group(2) : System.getProperty("user.name");
        String password = database.passwordFile()
                .map(file -> read(preparation.data().root().resolve(file)))
                .orElse("");
        return Database.postgresql("jdbc:" + database.url(), name, password);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw StartCause.DATA_UNREADABLE
                    .with("path", file.toString(), "detail", e.getClass().getSimpleName())
                    .asException();
        }
    }
}
