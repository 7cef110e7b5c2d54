package dev.gatehouse.git;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.PackBitmapIndexWriterV1;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.storage.pack.PackConfig;

/** Writes one pack with its index, and bitmaps where asked, as files in a folder that nobody looks into yet. One pack, one thread. */
final class PackBuilder {
    private static final int BUFFER_BYTES = 64 << 10;

    private final PackConfig config;
    private final DurableFiles files;

    PackBuilder(PackConfig config, DurableFiles files) {
        this.config = config;
        this.files = files;
    }

    /**
     * What a pack shall hold.
     *
     * @param wants what is to be in it, with all it leads to
     * @param haves what need not be in it, with all that leads to
     * @param withoutBitmap of {@code wants}, those that get no bitmap of their own
     * @param bitmaps whether to write bitmaps at all
     */
    record Content(Set<ObjectId> wants, Set<ObjectId> haves, Set<ObjectId> withoutBitmap, boolean bitmaps) {}

    /** The files in the order in which they may be moved to where they count; durable already. Empty where there is nothing to pack. */
    Optional<List<Path>> build(ObjectReader reader, Content content, Path folder, String name) throws IOException {
        try (PackWriter writer = new PackWriter(config, reader)) {
            writer.setDeltaBaseAsOffset(true);
            writer.setReuseDeltaCommits(false);
            writer.setCreateBitmaps(content.bitmaps());
            writer.preparePack(
                    NullProgressMonitor.INSTANCE,
                    content.wants(),
                    content.haves(),
                    PackWriter.NONE,
                    content.withoutBitmap());
            if (writer.getObjectCount() == 0) {
                return Optional.empty();
            }
            Files.createDirectories(folder);
            List<Path> written = new ArrayList<>();
            written.add(write(
                    folder.resolve(name + ".pack"),
                    out -> writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out)));
            // Written before the bitmaps, which use up the writer's lists; moved after them, since it makes the pack
            // count.
            Path index = write(folder.resolve(name + ".idx"), writer::writeIndex);
            if (content.bitmaps() && writer.prepareBitmapIndex(NullProgressMonitor.INSTANCE)) {
                written.add(write(
                        folder.resolve(name + ".bitmap"),
                        out -> writer.writeBitmapIndex(new PackBitmapIndexWriterV1(out))));
            }
            written.add(index);
            return Optional.of(written);
        }
    }

    private interface Writing {
        void writeTo(OutputStream out) throws IOException;
    }

    private Path write(Path file, Writing content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            content.writeTo(out);
        }
        files.sync(file);
        return file;
    }
}
