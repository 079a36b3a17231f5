package io.github.traviscompile.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Isolates JGit from the machine: it reads and writes no configuration file of system or user, and starts no
 * {@code git} to find them. The timestamp resolution of a disk is a constant, as JGit would measure it for seconds with
 * probe files.
 *
 * <p>JGit keeps its reader in a static field, so this is global to the class loader that loaded JGit. In Maven that is
 * this plugin's own realm; installing it again changes nothing.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {

    private IsolatedSystemReader(SystemReader host) {
        super(host);
    }

    /** Must be called before any other JGit code that accesses a disk. */
    static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof IsolatedSystemReader)) {
            SystemReader.setInstance(new IsolatedSystemReader(SystemReader.getInstance()));
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    /** A configuration without a file; its only values are safe bounds for the timestamps of all disks. */
    private static final class NoFile extends FileBasedConfig {

        NoFile(@Nullable Config parent, FS fs) {
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
        public @Nullable String getString(String section, @Nullable String subsection, String name) {
            if (!ConfigConstants.CONFIG_FILESYSTEM_SECTION.equals(section)) {
                return super.getString(section, subsection, name);
            }
            return switch (name) {
                // The coarsest in use, that of FAT.
                case ConfigConstants.CONFIG_KEY_TIMESTAMP_RESOLUTION -> "2 seconds";
                case ConfigConstants.CONFIG_KEY_MIN_RACY_THRESHOLD -> "0 seconds";
                default -> null;
            };
        }
    }
}
