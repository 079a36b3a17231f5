package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * The location of the user's ignore rules for all repositories: {@code core.excludesFile} of {@code ~/.gitconfig} or
 * {@code $XDG_CONFIG_HOME/git/config}, else {@code $XDG_CONFIG_HOME/git/ignore} (gitignore(5), git-config(1)). Nothing
 * else of these files is used.
 *
 * @param configHome {@code $XDG_CONFIG_HOME}, by default {@code ~/.config}
 */
record UserExcludes(Path home, Path configHome) {

    static {
        IsolatedSystemReader.install();
    }

    /** Returns those of the user who runs this process. */
    static UserExcludes ofProcess() {
        SystemReader system = SystemReader.getInstance();
        String home = presence(system.getenv("HOME"));
        Path homePath = Path.of(home == null ? system.getProperty("user.home") : home);
        String configHome = presence(system.getenv("XDG_CONFIG_HOME"));
        return new UserExcludes(homePath, configHome == null ? homePath.resolve(".config") : Path.of(configHome));
    }

    private static @Nullable String presence(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /**
     * Returns the file of rules.
     *
     * @param ofRepository the value of the repository's configuration, which takes precedence
     * @param workTree the base of a relative path in it
     */
    Path file(Optional<String> ofRepository, Path workTree) throws IOException, ActionNeededException {
        Optional<String> configured = ofRepository;
        if (configured.isEmpty()) {
            configured = configuredIn(home.resolve(".gitconfig"));
        }
        if (configured.isEmpty()) {
            configured = configuredIn(configHome.resolve("git").resolve("config"));
        }
        if (configured.isEmpty()) {
            return configHome.resolve("git").resolve("ignore");
        }
        String value = configured.get();
        return value.startsWith("~/") ? home.resolve(value.substring(2)) : workTree.resolve(value);
    }

    private Optional<String> configuredIn(Path file) throws IOException, ActionNeededException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        FileBasedConfig config = new FileBasedConfig(file.toFile(), FS.DETECTED);
        try {
            config.load();
        } catch (ConfigInvalidException e) {
            throw invalid(file, e);
        }
        return Optional.ofNullable(config.getString("core", null, "excludesFile"));
    }

    static ActionNeededException invalid(Path file, ConfigInvalidException e) {
        return new ActionNeededException(
                "The git configuration " + file + " cannot be read, so the ignore rules are unknown: " + e.getMessage()
                        + ". Correct the file; `git config --list --file` shows git's own error.",
                e);
    }
}
