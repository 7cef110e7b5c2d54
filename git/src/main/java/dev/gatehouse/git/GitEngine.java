package dev.gatehouse.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * JGit's process-wide settings. JGit keeps its system reader and its cache of pack windows in static fields, so they are set once, by whoever
 * owns the process, before the first repository is opened. Afterwards no configuration of the machine or of its users is read or written.
 */
public final class GitEngine {
    /** Blobs above this are streamed and never held whole, so that the heap need not follow the largest file. */
    static final int STREAM_THRESHOLD_BYTES = 1 << 20;

    private static final int WINDOW_BYTES = 32 << 10;
    private static final int OPEN_FILES_MAX = 1024;

    private GitEngine() {}

    /**
     * Sets JGit up for a server.
     *
     * @param windowCacheBytes how much of the packs is kept in memory, on the heap; a quarter of the heap is plenty
     */
    public static void install(long windowCacheBytes) {
        SystemReader.setInstance(new NoSystemConfiguration());
        FS.FileStoreAttributes.setBackground(true);
        WindowCacheConfig cache = new WindowCacheConfig();
        cache.setPackedGitLimit(windowCacheBytes);
        cache.setPackedGitWindowSize(WINDOW_BYTES);
        cache.setPackedGitOpenFiles(OPEN_FILES_MAX);
        cache.setPackedGitMMAP(false);
        cache.setPackedGitUseStrongRefs(false);
        cache.setDeltaBaseCacheLimit((int) Math.min(Math.max(windowCacheBytes / 4, 8L << 20), 64L << 20));
        cache.setStreamFileThreshold(STREAM_THRESHOLD_BYTES);
        cache.setExposeStatsViaJmx(false);
        cache.install();
    }

    /** What suits the heap of this process. */
    public static void installForHeap() {
        install(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Reads no file of the machine, and writes none: JGit would keep measurements under the user's home. */
    private static final class NoSystemConfiguration extends SystemReader.Delegate {
        NoSystemConfiguration() {
            super(SystemReader.getInstance());
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS fs) {
            return new EmptyConfig(parent, fs);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS fs) {
            return new EmptyConfig(parent, fs);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS fs) {
            return new EmptyConfig(parent, fs);
        }

        @Override
        public String getenv(String variable) {
            return variable.startsWith("GIT_") || variable.startsWith("XDG_") ? absent() : super.getenv(variable);
        }

        @SuppressWarnings("NullAway") // JGit's own contract: null where a variable is not set.
        private static String absent() {
            return null;
        }
    }

    /** In memory only: what JGit wants to keep is forgotten with the process. */
    private static final class EmptyConfig extends FileBasedConfig {
        @SuppressWarnings("NullAway") // The file is never touched: load and save are empty.
        EmptyConfig(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public String toString() {
            return "no configuration";
        }
    }
}
