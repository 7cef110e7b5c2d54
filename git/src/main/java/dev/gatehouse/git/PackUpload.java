package dev.gatehouse.git;

import dev.gatehouse.core.cause.FailureException;
import dev.gatehouse.core.git.GitProtocolVersion;
import dev.gatehouse.core.git.PktLineWriter;
import dev.gatehouse.core.git.SideBand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PreUploadHook;
import org.eclipse.jgit.transport.RequestNotYetReadException;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** One {@code fetch}: negotiation and pack, by JGit, between our admission and our keep-alives. One request, one thread. */
final class PackUpload {
    private final PackAdmission admission;
    private final UploadMetrics metrics;
    private PackAdmission.@Nullable Place place;

    PackUpload(PackAdmission admission, UploadMetrics metrics) {
        this.admission = admission;
        this.metrics = metrics;
    }

    void serve(RepositoryEntry entry, GitProtocolVersion version, InputStream body, PulsedOutput out)
            throws IOException {
        try (UploadPack upload = new UploadPack(entry.repository())) {
            upload.setBiDirectionalPipe(false);
            // Who may read a repository may read all of it, as with C git under version 2; what a refused push sent
            // never gets in.
            upload.setRequestPolicy(UploadPack.RequestPolicy.ANY);
            upload.setExtraParameters(version == GitProtocolVersion.V2 ? List.of("version=2") : List.of());
            PackConfig config = new PackConfig(entry.repository());
            config.setThreads(1);
            upload.setPackConfig(config);
            upload.setPreUploadHook(new BeforePack(entry, out));
            upload.setPostUploadHook(statistics -> metrics.countPack(
                    !statistics.isShallow() && statistics.getBitmapIndexMisses() >= 0 && hasBitmaps(entry)));
            upload.uploadWithExceptionPropagation(body, out, null);
        } finally {
            PackAdmission.Place taken = place;
            if (taken != null) {
                taken.close();
            }
        }
    }

    private static boolean hasBitmaps(RepositoryEntry entry) {
        try (var reader = entry.repository().newObjectReader()) {
            return reader.getBitmapIndex() != null;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** JGit calls it when all is negotiated and the pack is to be made: from here on the answer is multiplexed. */
    private final class BeforePack implements PreUploadHook {
        private final RepositoryEntry entry;
        private final PulsedOutput out;

        BeforePack(RepositoryEntry entry, PulsedOutput out) {
            this.entry = entry;
            this.out = out;
        }

        @Override
        public void onBeginNegotiateRound(UploadPack upload, Collection<? extends ObjectId> wants, int offered) {}

        @Override
        public void onEndNegotiateRound(
                UploadPack upload, Collection<? extends ObjectId> wants, int common, int notFound, boolean ready) {}

        @Override
        public void onSendPack(
                UploadPack upload, Collection<? extends ObjectId> wants, Collection<? extends ObjectId> haves) {
            boolean multiplexed = isSideBand(upload);
            if (multiplexed) {
                out.startSideBand();
            }
            if (upload.getDepth() > 0 || !hasBitmaps(entry)) {
                place = enter(multiplexed);
            }
        }

        private PackAdmission.Place enter(boolean multiplexed) {
            try {
                return admission.enter(() -> announceWait(multiplexed));
            } catch (FailureException busy) {
                metrics.countRefused();
                throw busy;
            }
        }

        private void announceWait(boolean multiplexed) {
            if (!multiplexed) {
                return;
            }
            try {
                out.write(new PktLineWriter()
                        .sideBand(SideBand.PROGRESS, "waiting for other clones to finish")
                        .toBytes());
                out.flush();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        private static boolean isSideBand(UploadPack upload) {
            try {
                return upload.isSideBand();
            } catch (RequestNotYetReadException early) {
                return false;
            }
        }
    }
}
