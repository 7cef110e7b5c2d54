package dev.gatehouse.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.audit.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataLockTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aSecondInstanceIsRefusedWithTheFirstOnesProcess() {
        DataFolder data = DataFolder.at(folder);
        try (DataLock first = DataLock.take(data, EnumSet.allOf(Role.class))) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataLock.take(data, EnumSet.of(Role.FORGE)))
                    .hasMessage("GATE-6002 the data folder " + data.root() + " is in use by another instance (process "
                            + ProcessHandle.current().pid() + ")");
        }
        assertThatCode(() -> DataLock.take(data, EnumSet.of(Role.FORGE)).close())
                .doesNotThrowAnyException();
    }

    @Test
    void twoRolesShareAFolder() {
        DataFolder data = DataFolder.at(folder);
        try (DataLock control = DataLock.take(data, EnumSet.of(Role.CONTROL));
                DataLock forge = DataLock.take(data, EnumSet.of(Role.FORGE))) {
            assertThat(control).isNotSameAs(forge);
        }
    }

    @Test
    void aLockThatCannotBeTakenWholeIsNotHeldInPart() {
        DataFolder data = DataFolder.at(folder);
        try (DataLock forge = DataLock.take(data, EnumSet.of(Role.FORGE))) {
            assertThat(forge).isNotNull();
            assertThatThrownBy(() -> DataLock.take(data, EnumSet.allOf(Role.class)))
                    .hasMessageContaining("GATE-6002");
            assertThatCode(() -> DataLock.take(data, EnumSet.of(Role.INGRESS)).close())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void foldersAndFilesAreTheOperatorsAlone() throws IOException {
        DataFolder data = DataFolder.at(folder.resolve("new/data")).create();
        PrivateFiles.write(data.configurationFile(), new byte[] {1});

        assertThat(mode(data.root())).isEqualTo("rwx------");
        assertThat(mode(data.keys())).isEqualTo("rwx------");
        assertThat(mode(data.configurationFile())).isEqualTo("rw-------");
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("data"));

        assertThatThrownBy(() -> DataFolder.at(file).keys()).hasMessageStartingWith("GATE-6003 " + file);
    }

    @Test
    void aSocketPathThatIsTooLongIsRefusedBeforeAnythingStarts() {
        DataFolder data = DataFolder.at(folder.resolve("data")).create();
        Path deep = folder.resolve("x".repeat(100));
        PrivateFiles.createFolder(deep);

        assertThatThrownBy(() -> RuntimeFolder.create(data, Optional.of(deep), folder))
                .hasMessageStartingWith("GATE-6008 the socket path ")
                .hasMessageEndingWith(" exceeds 107 bytes");
    }

    @Test
    void aRuntimeFolderThatOthersCanEnterIsRefused() throws IOException {
        DataFolder data = DataFolder.at(folder.resolve("data")).create();
        Path shared = folder.resolve("gatehouse-" + OwnUser.id());
        Files.createDirectory(shared);
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> RuntimeFolder.create(data, Optional.empty(), folder))
                .hasMessage("GATE-6009 " + shared + " may not be used by this user: owner " + OwnUser.id()
                        + ", mode rwxrwxrwx");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
