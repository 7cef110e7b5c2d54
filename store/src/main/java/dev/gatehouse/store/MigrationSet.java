package dev.gatehouse.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The migrations of one area, in order: the first is version 1. A published migration is never changed; its checksum is held.
 *
 * @param area such as {@code access}; areas are migrated independently of each other
 * @param migrations in the order of their versions
 */
public record MigrationSet(String area, List<Migration> migrations) {
    public MigrationSet {
        migrations = List.copyOf(migrations);
    }

    /**
     * One step.
     *
     * @param name its file's name, such as {@code V1__accounts.sql}
     * @param sql statements separated by semicolons at the ends of lines
     */
    public record Migration(String name, String sql) {
        String checksum() {
            return HexFormat.of().formatHex(Digests.sha256(sql.getBytes(StandardCharsets.UTF_8)));
        }

        List<String> statements() {
            List<String> statements = new ArrayList<>();
            for (String statement : sql.split(";\\s*(\n|$)", -1)) {
                if (!statement.isBlank()) {
                    statements.add(statement.strip());
                }
            }
            return statements;
        }
    }

    /**
     * The migrations in the resources {@code db/<area>/} beside {@code anchor}'s module.
     *
     * @param fileNames in order: {@code V1__...sql}, {@code V2__...sql}
     * @throws IllegalArgumentException where a resource is missing or a name is out of order: a bug in the build
     */
    public static MigrationSet of(Class<?> anchor, String area, String... fileNames) {
        List<Migration> migrations = new ArrayList<>();
        for (String fileName : fileNames) {
            if (!fileName.startsWith("V" + (migrations.size() + 1) + "__")) {
                throw new IllegalArgumentException("migration out of order: " + area + "/" + fileName);
            }
            migrations.add(new Migration(fileName, read(anchor, "/db/" + area + "/" + fileName)));
        }
        return new MigrationSet(area, migrations);
    }

    private static String read(Class<?> anchor, String resource) {
        try (InputStream in = anchor.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no such resource: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
