package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The toolchain that a project requests from rustup (The rustup book, "Overrides", "The toolchain file").
 *
 * @param channel for example {@code 1.85.0}, {@code stable} or {@code nightly-2026-01-01}
 * @param targets the triples whose standard library is installed
 * @param components additional components, for example {@code rust-src}
 * @param path a toolchain that exists only on this machine, as written in the file
 */
public record RustToolchain(
        Optional<String> channel, List<String> targets, List<String> components, Optional<String> path) {

    public RustToolchain {
        targets = List.copyOf(targets);
        components = List.copyOf(components);
    }

    /** Reads {@code rust-toolchain}, or else {@code rust-toolchain.toml}, in {@code directory}. */
    static Optional<RustToolchain> read(Path directory) throws CrossCompileException {
        Path legacy = directory.resolve("rust-toolchain");
        Path current = directory.resolve("rust-toolchain.toml");
        if (Files.isRegularFile(legacy)) {
            return Optional.of(legacy(legacy));
        }
        return Files.isRegularFile(current) ? Optional.of(of(TomlDocument.read(current))) : Optional.empty();
    }

    /** Reads the old file, which contains either one line, the channel, or TOML. */
    private static RustToolchain legacy(Path file) throws CrossCompileException {
        List<String> lines = ProjectFiles.text(file).lines().toList();
        return lines.size() == 1
                ? new RustToolchain(Optional.of(lines.get(0).strip()), List.of(), List.of(), Optional.empty())
                : of(TomlDocument.read(file));
    }

    private static RustToolchain of(TypedTable file) throws ActionNeededException {
        TypedTable table = file.table("toolchain");
        return new RustToolchain(
                table.string("channel"),
                table.strings("targets").orElse(List.of()),
                table.strings("components").orElse(List.of()),
                table.string("path"));
    }
}
