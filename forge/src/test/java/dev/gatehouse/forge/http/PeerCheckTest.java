package dev.gatehouse.forge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.core.audit.AuditJournal;
import dev.gatehouse.core.audit.AuditRecord;
import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.cause.StartCause;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerCheckTest {
    private static final AuditJournal NO_JOURNAL = new AuditJournal() {
        @Override
        public long recordDurably(AuditRecord record) {
            return 0;
        }

        @Override
        public void record(AuditRecord record) {}

        @Override
        public boolean accepting() {
            return true;
        }
    };

    @TempDir
    Path folder;

    private ForgeServer start(Path socket, UserPrincipal caller) {
        return ForgeServer.start(
                socket,
                ForgeServer.HttpLimits.DEFAULT,
                Optional.of(caller),
                exchange -> exchange.answer(Answer.of(200, Answer.TEXT, "served")),
                NO_JOURNAL,
                InstantSource.system(),
                new SplittableRandom(1));
    }

    @Test
    void a_process_of_another_user_is_refused_whatever_it_says() throws Exception {
        UserPrincipal nobody =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Path socket = folder.resolve("s");
        try (ForgeServer server = start(socket, nobody);
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(server).isNotNull();
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            String reply = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply)
                    .startsWith("HTTP/1.1 403")
                    .contains("GATE-5025 the process with user ID " + System.getProperty("user.name"));
        }
    }

    @Test
    void a_socket_path_that_is_too_long_is_named() {
        Path socket = folder.resolve("x".repeat(110));
        FailureException refused = catchThrowableOfType(
                FailureException.class, () -> start(socket, () -> "nobody").close());
        assertThat(refused.failure().cause()).isEqualTo(StartCause.SOCKET_PATH_TOO_LONG);
    }
}
