package dev.gatehouse.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The one door to the disk: a flat folder of files. The tests put a disk behind it that loses what was not synced. */
interface SpoolStorage {
    /** Where it is, for messages. */
    String location();

    /** The names of all files, in no order. */
    List<String> names() throws IOException;

    /** A new file for appending, readable by its owner alone; what had the name before is gone. Durable after {@link #syncDirectory}. */
    Output create(String name) throws IOException;

    /** An existing file for appending. */
    Output append(String name) throws IOException;

    /**
     * An existing file for reading.
     *
     * @throws java.nio.file.NoSuchFileException where there is none
     */
    Input read(String name) throws IOException;

    /** Removes a file, where there is one. */
    void delete(String name) throws IOException;

    /** Renames a file within the folder, atomically, over what had the name. */
    void rename(String from, String to) throws IOException;

    /** Makes creations, removals and renames durable. */
    void syncDirectory() throws IOException;

    /** A file being appended to. Not safe for threads. */
    interface Output extends Closeable {
        /** Appends all of {@code bytes}. */
        void write(ByteBuffer bytes) throws IOException;

        /** Makes what was written durable. */
        void force() throws IOException;

        /** Cuts the file to {@code size} bytes; the next write goes there. */
        void truncate(long size) throws IOException;
    }

    /** A file being read. Not safe for threads. */
    interface Input extends Closeable {
        /** How long it is now. */
        long size() throws IOException;

        /** Reads at {@code position} until {@code target} or the file is exhausted. */
        void read(ByteBuffer target, long position) throws IOException;
    }
}
