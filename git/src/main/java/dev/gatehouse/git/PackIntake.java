package dev.gatehouse.git;

import dev.gatehouse.core.cause.WireCause;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSubclassMap;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/** Reads the pack of a push into its quarantine, and checks every object's form (as {@code git fsck} does). */
final class PackIntake {
    private static final int HEADER_BYTES = 12;
    private static final int COUNT_OFFSET = 8;

    /** Faults that old but honest histories have, and that harm nobody: a server that refused them could not take those histories over. */
    private static final List<ObjectChecker.ErrorType> TOLERATED = List.of(
            ObjectChecker.ErrorType.BAD_DATE,
            ObjectChecker.ErrorType.BAD_EMAIL,
            ObjectChecker.ErrorType.BAD_TIMEZONE,
            ObjectChecker.ErrorType.MISSING_EMAIL,
            ObjectChecker.ErrorType.MISSING_SPACE_BEFORE_DATE,
            ObjectChecker.ErrorType.ZERO_PADDED_FILEMODE);

    private PackIntake() {}

    /** Receives a pack, and returns the IDs of the objects that were in it. */
    static ObjectIdSubclassMap<ObjectId> receive(Quarantine quarantine, InputStream body, GitLimits limits)
            throws IOException {
        byte[] header = body.readNBytes(HEADER_BYTES);
        if (header.length < HEADER_BYTES) {
            throw new EOFException("the pack has no header");
        }
        checkCount(header, limits);
        ObjectChecker checker = new ObjectChecker();
        TOLERATED.forEach(type -> checker.setIgnore(type, true));
        try (ObjectInserter inserter = quarantine.objects().newInserter()) {
            PackParser parser = inserter.newPackParser(new SequenceInputStream(new ByteArrayInputStream(header), body));
            parser.setAllowThin(true);
            parser.setNeedNewObjectIds(true);
            parser.setCheckEofAfterPackFooter(true);
            parser.setObjectChecker(checker);
            parser.setMaxObjectSizeLimit(limits.objectBytes());
            parser.parse(NullProgressMonitor.INSTANCE);
            return parser.getNewObjectIds();
        }
    }

    /** The parser sets memory aside for as many objects as the header announces, so an announcement alone must not be believed. */
    private static void checkCount(byte[] header, GitLimits limits) {
        long count = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(COUNT_OFFSET));
        if (header[0] != 'P' || header[1] != 'A' || header[2] != 'C' || header[3] != 'K') {
            throw WireCause.PACK_INVALID.with("detail", "it is no pack").asException();
        }
        if (count > limits.pushObjects()) {
            throw WireCause.ARGUMENT_LIMIT
                    .with(
                            "limit",
                            Integer.toString(limits.pushObjects()),
                            "what",
                            "objects",
                            "setting",
                            "limits.push-objects")
                    .asException();
        }
    }
}
