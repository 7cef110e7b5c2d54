package dev.gatehouse.bench.side;

import java.util.List;

/** One of the stacks that are compared: it listens, it is reached in one way, and its processes can be counted. */
interface Contender extends AutoCloseable {
    /** For the table. */
    String name();

    /** {@code https://127.0.0.1:PORT}. */
    String baseUrl();

    /** Headers that a client must send, such as {@code Authorization: Bearer ...}. */
    List<String> headers();

    /** Every server process of this stack whose work counts; children that they waited for count with them. */
    List<Long> processes();

    /** CPU-seconds of those processes until now. */
    default double cpuSeconds() {
        return processes().stream().mapToDouble(ProcessTimes::cpuSeconds).sum();
    }

    @Override
    void close();
}
