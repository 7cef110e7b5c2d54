package dev.gatehouse.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** A disk in memory that can fail, and that after a crash has kept of what was not synced only what chance decides. */
final class LossyStorage implements SpoolStorage {
    private static final int SECTOR_BYTES = 512;

    private final Map<String, FakeFile> files = new ConcurrentHashMap<>();
    private volatile Map<String, FakeFile> durableNames = Map.of();
    private volatile boolean full;
    private volatile boolean syncFails;

    void full(boolean now) {
        full = now;
    }

    void syncFails(boolean now) {
        syncFails = now;
    }

    byte[] content(String name) {
        FakeFile file = files.get(name);
        return file == null ? new byte[0] : file.content();
    }

    void overwrite(String name, byte[] content) {
        FakeFile file = new FakeFile();
        file.live = content.clone();
        file.durable = content.clone();
        files.put(name, file);
        durableNames = Map.copyOf(files);
    }

    /** What another machine start would find: names as last synced, contents with every unsynced sector kept or not. */
    LossyStorage afterCrash(RandomGenerator random) {
        LossyStorage after = new LossyStorage();
        durableNames.forEach((name, file) -> after.overwrite(name, file.afterCrash(random)));
        return after;
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Output create(String name) throws IOException {
        refuseWhereFull();
        FakeFile file = new FakeFile();
        files.put(name, file);
        return file;
    }

    @Override
    public Output append(String name) throws IOException {
        return existing(name);
    }

    @Override
    public Input read(String name) throws IOException {
        return existing(name).input();
    }

    private FakeFile existing(String name) throws NoSuchFileException {
        FakeFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        files.put(to, existing(from));
        files.remove(from);
    }

    @Override
    public void syncDirectory() throws IOException {
        if (syncFails) {
            throw new IOException("Input/output error");
        }
        durableNames = Map.copyOf(files);
    }

    private void refuseWhereFull() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    private final class FakeFile implements Output {
        private byte[] live = new byte[0];
        private byte[] durable = new byte[0];

        @Override
        public synchronized void write(ByteBuffer bytes) throws IOException {
            if (full) {
                // As a real disk does: some of it is written, then there is no room.
                append(bytes.slice(bytes.position(), bytes.remaining() / 2));
                refuseWhereFull();
            }
            append(bytes);
        }

        private void append(ByteBuffer bytes) {
            int before = live.length;
            int count = bytes.remaining();
            live = Arrays.copyOf(live, before + count);
            bytes.get(live, before, count);
        }

        @Override
        public synchronized void force() throws IOException {
            if (syncFails) {
                throw new IOException("Input/output error");
            }
            durable = live.clone();
        }

        @Override
        public synchronized void truncate(long size) {
            live = Arrays.copyOf(live, (int) size);
        }

        @Override
        public void close() {}

        synchronized byte[] content() {
            return live.clone();
        }

        synchronized byte[] afterCrash(RandomGenerator random) {
            int length = durable.length
                    + (live.length > durable.length ? random.nextInt(live.length - durable.length + 1) : 0);
            byte[] kept = Arrays.copyOf(durable, length);
            for (int sector = 0; sector < length; sector += SECTOR_BYTES) {
                int end = Math.min(sector + SECTOR_BYTES, length);
                if (random.nextBoolean() && end <= live.length) {
                    System.arraycopy(live, sector, kept, sector, end - sector);
                }
            }
            return kept;
        }

        Input input() {
            return new Input() {
                @Override
                public long size() {
                    return content().length;
                }

                @Override
                public void read(ByteBuffer target, long position) {
                    byte[] now = content();
                    int count = (int) Math.max(0, Math.min(target.remaining(), now.length - position));
                    if (count > 0) {
                        target.put(now, (int) position, count);
                    }
                }

                @Override
                public void close() {}
            };
        }
    }
}
