package dev.gatehouse.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.zip.CRC32C;

/**
 * How far control has stored the journal, kept in a file of its own. Losing it costs only that records are shipped again, which control notices
 * by their numbers; so a broken one counts as none.
 */
final class Acknowledgement {
    private static final String FILE = "shipped";
    private static final String NEXT = "shipped.next";
    private static final int BYTES = 28;

    private final SpoolStorage storage;
    private final JournalId journal;

    Acknowledgement(SpoolStorage storage, JournalId journal) {
        this.storage = storage;
        this.journal = journal;
    }

    /** The last number that was acknowledged; 0 where none was. */
    long read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        try (SpoolStorage.Input input = storage.read(FILE)) {
            input.read(bytes, 0);
        } catch (NoSuchFileException none) {
            return 0;
        }
        boolean ours = !bytes.hasRemaining()
                && bytes.getLong(0) == journal.high()
                && bytes.getLong(8) == journal.low()
                && bytes.getInt(24) == crc(bytes);
        return ours ? bytes.getLong(16) : 0;
    }

    void write(long through) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(journal.high()).putLong(journal.low()).putLong(through);
        bytes.putInt(crc(bytes)).flip();
        try (SpoolStorage.Output output = storage.create(NEXT)) {
            output.write(bytes);
            output.force();
        }
        storage.rename(NEXT, FILE);
        storage.syncDirectory();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, 24));
        return (int) crc.getValue();
    }
}
