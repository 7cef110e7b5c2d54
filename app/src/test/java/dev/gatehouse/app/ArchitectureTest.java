package dev.gatehouse.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the map of ARCHITECTURE.md: who may know whom, how long a file may be, and that each package says what it is for. */
final class ArchitectureTest {
    private static final Path CHECKOUT = Path.of(Objects.requireNonNull(System.getProperty("gatehouse.checkout")));
    private static final String ROOT = "dev.gatehouse.";
    private static final int LINES_MAX = 400;
    /** Longer ones, each with its reason, and how long they may be. */
    private static final Map<String, Integer> LONGER = Map.of(
            // One state machine each; in two files it would have to be read with both open.
            "ExchangeCore.java", 600,
            "Http1Connection.java", 600);

    /** Each part with the parts that it may know; app, e2e and bench may know all. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "core", Set.of(),
            "proto", Set.of("core"),
            "store", Set.of("core"),
            "spool", Set.of("core"),
            "git", Set.of("core"),
            "proxy", Set.of("core"),
            "control", Set.of("core", "proto", "store"),
            "forge", Set.of("core", "git", "store"));

    private static final List<String> ALL =
            List.of("core", "proto", "store", "spool", "git", "proxy", "control", "forge", "app");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.gatehouse");

    @Test
    void theArrowsPointOneWay() {
        ARROWS.forEach((part, known) -> {
            String[] forbidden = ALL.stream()
                    .filter(other -> !other.equals(part) && !known.contains(other))
                    .map(other -> ROOT + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that(resideInAPackage(ROOT + part + ".."))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(forbidden))
                    .check(CLASSES);
        });
    }

    @Test
    void coreDoesNoInputAndNoOutput() {
        noClasses()
                .that(resideInAPackage(ROOT + "core.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.nio.file..", "java.net..", "java.sql..", "io.netty..", "io.grpc..", "org.eclipse.."))
                .check(CLASSES);
    }

    @Test
    void theProxySeesNoGrpcAndNoDatabase() {
        noClasses()
                .that(resideInAPackage(ROOT + "proxy.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.grpc..", "com.google.protobuf..", "java.sql.."))
                .check(CLASSES);
    }

    @Test
    void noFileIsTooLongToRead() {
        assertThat(sources())
                .filteredOn(file -> lines(file) > LONGER.getOrDefault(String.valueOf(file.getFileName()), LINES_MAX))
                .as("files of more than %s lines", LINES_MAX)
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertThat(sources())
                .map(file -> Objects.requireNonNull(file.getParent()))
                .filteredOn(folder -> !Files.exists(folder.resolve("package-info.java")))
                .as("packages without package-info.java")
                .isEmpty();
    }

    private static List<Path> sources() {
        try (Stream<Path> modules = Files.list(CHECKOUT)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ArchitectureTest::javaFiles)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
