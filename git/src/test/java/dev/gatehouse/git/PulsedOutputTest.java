package dev.gatehouse.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PulsedOutputTest {
    private static final Duration OFTEN = Duration.ofMillis(2);

    /** Counts how often it was flushed, which after the writer fell silent only pulses do. */
    private static final class Client extends ByteArrayOutputStream {
        private final CountDownLatch pulses = new CountDownLatch(3);

        @Override
        public void flush() {
            pulses.countDown();
        }
    }

    @Test
    void aSilentSideBandIsKeptAlive() throws Exception {
        Client client = new Client();
        PulsedOutput out = new PulsedOutput(client, OFTEN);
        out.write("0008NAK\n".getBytes(StandardCharsets.US_ASCII));
        out.startSideBand();
        assertThat(client.pulses.await(10, TimeUnit.SECONDS)).isTrue();
        out.end();
        assertThat(client.toString(StandardCharsets.US_ASCII)).startsWith("0008NAK\n0005\u00010005\u0001");
    }

    @Test
    void nothingIsAddedWithinALineOrBeforeTheSideBand() throws IOException, InterruptedException {
        Client client = new Client();
        PulsedOutput out = new PulsedOutput(client, OFTEN);
        out.write("0008NA".getBytes(StandardCharsets.US_ASCII));
        out.startSideBand();
        assertThat(client.pulses.await(50, TimeUnit.MILLISECONDS)).isFalse();
        out.end();
        assertThat(client.toString(StandardCharsets.US_ASCII)).isEqualTo("0008NA");
        assertThat(out.atBoundary()).isFalse();
    }
}
