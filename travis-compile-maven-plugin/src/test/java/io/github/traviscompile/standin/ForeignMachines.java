package io.github.traviscompile.standin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What lies on Macs and on Windows machines of the stand-in services. Where the environment variable FOREIGN_RUST leads to
 * what {@code .ci/foreign-toolchain.sh} makes, cargo compiles for real: for macOS by zig, and what Microsoft's tools should
 * make, by MinGW-w64 for the GNU target of the same processor, put where the other belongs. What cannot be had so is laid
 * down as others made it. Those files are libraries; what shall be a program gets the mark of one (mach-o/loader.h, file
 * type; PE Format, "Characteristics").
 */
public final class ForeignMachines {

    /** Resources of jna 5.17.0, sqlite-jdbc 3.8.11.2, which has a thin file for 32 bit, and zstd-jni, by target. */
    private static final Map<String, String> MADE_BY_OTHERS = Map.of(
            "x86_64-apple-darwin", "/com/sun/jna/darwin-x86-64/libjnidispatch.jnilib",
            "aarch64-apple-darwin", "/com/sun/jna/darwin-aarch64/libjnidispatch.jnilib",
            "i686-apple-darwin", "/org/sqlite/native/Mac/x86/libsqlitejdbc.jnilib",
            "x86_64-pc-windows-msvc", "/win/amd64/libzstd-jni-1.5.6-9.dll",
            "i686-pc-windows-msvc", "/win/x86/libzstd-jni-1.5.6-9.dll",
            "aarch64-pc-windows-msvc", "/win/aarch64/libzstd-jni-1.5.6-9.dll");

    private static final String CARGO = """
            set -euo pipefail
            here=$(dirname "$0")
            target='' next=''
            for word; do
              [[ $next != --target ]] || target=$word
              next=$word
            done
            real=${target/-msvc/-gnu}
            rust=%s
            if [[ -z $target || -d $rust/usr/lib/rustlib/$real/lib ]]; then
              export RUSTC=$rust/bin/rustc SDKROOT=/ CARGO_PROFILE_RELEASE_STRIP=none
              export CARGO_TARGET_X86_64_APPLE_DARWIN_LINKER=$rust/bin/x86_64-apple-darwin-cc
              export CARGO_TARGET_AARCH64_APPLE_DARWIN_LINKER=$rust/bin/aarch64-apple-darwin-cc
              %s "${@//pc-windows-msvc/pc-windows-gnu}"
              [[ $real != "$target" ]] || exit 0
              rm -rf "${CARGO_TARGET_DIR:?}/$target"
              cp -R "$CARGO_TARGET_DIR/$real" "$CARGO_TARGET_DIR/$target"
              # Microsoft's static libraries have another name.
              find "$CARGO_TARGET_DIR/$target" -name 'lib*.a' | while IFS= read -r file; do
                name=${file##*/lib}
                mv "$file" "${file%%/*}/${name%%.a}.lib"
              done
              exit 0
            fi
            folder=${TRAVIS_BUILD_DIR:-${APPVEYOR_BUILD_FOLDER:-${GITHUB_WORKSPACE-}}}
            data=$folder/.travis-compile/${TRAVIS_JOB_NAME:-${APPVEYOR_JOB_NAME:-${GITHUB_JOB-}}}.leg
            [[ -f Cargo.toml && $target == "$(sed -n 's/^target=//p' "$data")" ]]
            folder=$CARGO_TARGET_DIR/$target/$(sed -n 's/^profile_directory=//p' "$data")
            mkdir -p "$folder"
            byte() { printf "\\\\x$1" | dd of="$folder/$file" bs=1 seek="$2" conv=notrunc status=none; }
            sed -n 's/^output=[^ ]* [^ ]* [^ ]* //p' "$data" | while IFS= read -r file; do
              cp "$here/$target" "$folder/$file"
              case $target:$file in
                *-windows-*:*.exe)
                  header=$(od -An -j60 -N4 -tu4 "$folder/$file")
                  flags=$(od -An -j$((header + 23)) -N1 -tu1 "$folder/$file")
                  byte "$(printf %%02x $((flags & ~32)))" $((header + 23))
                  ;;
                *.dylib | *.dll) ;;
                *) byte 02 12 ;;
              esac
            done""";

    private ForeignMachines() {}

    /** Whether they compile for real. */
    public static boolean areReal() {
        return rust().isPresent();
    }

    /** Lays their tools into {@code directory}. */
    static List<Path> lay(Path directory) throws IOException {
        for (Map.Entry<String, String> made : MADE_BY_OTHERS.entrySet()) {
            try (InputStream in = Objects.requireNonNull(
                    ForeignMachines.class.getResourceAsStream(made.getValue()), made.getValue())) {
                Files.copy(in, Files.createDirectories(directory).resolve(made.getKey()));
            }
        }
        TravisImages.tool(directory, "rustup", "exit 0");
        TravisImages.tool(
                directory,
                "rustc",
                rust().map(rust -> "exec '" + rust.resolve("bin/rustc") + "' \"$@\"")
                        .orElse("echo 'rustc 1.41.1 (f3e1a954d 2020-02-24)'"));
        String rust = rust().map(Path::toString).orElse("/nowhere");
        TravisImages.tool(
                directory,
                "cargo",
                CARGO.formatted(
                        "'" + rust + "'", "'" + TravisImages.onPath("cargo").orElseThrow() + "'"));
        return List.of(directory);
    }

    private static Optional<Path> rust() {
        return Optional.ofNullable(System.getenv("FOREIGN_RUST")).map(Path::of);
    }
}
