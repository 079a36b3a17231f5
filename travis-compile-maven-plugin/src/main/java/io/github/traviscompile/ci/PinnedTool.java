package io.github.traviscompile.ci;

import io.github.traviscompile.model.Sha256;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A tool that hosted legs download from its publisher.
 *
 * @param processor of the machine that runs it, in the words of {@code uname -m}
 * @param sha256 of the archive, a tar.xz with one folder that holds the tool under its name
 */
public record PinnedTool(String name, String version, String processor, Sha256 sha256, URI archive) {

    /** The name of the program that calls cargo with zig as the linker. */
    public static final String CARGO_ZIGBUILD = "cargo-zigbuild";

    /** The name of the linker, which knows the symbols of every glibc. */
    public static final String ZIG = "zig";

    /**
     * The tools that link for a chosen glibc. On processors without a listed cargo-zigbuild, cargo compiles it. The
     * digests are those of https://ziglang.org/download/index.json and of the release's own list.
     */
    static final List<PinnedTool> ZIGBUILD = List.of(
            zig("x86_64", "70e49664a74374b48b51e6f3fdfbf437f6395d42509050588bd49abe52ba3d00"),
            zig("aarch64", "ea4b09bfb22ec6f6c6ceac57ab63efb6b46e17ab08d21f69f3a48b38e1534f17"),
            new PinnedTool(
                    CARGO_ZIGBUILD,
                    "0.23.4",
                    "x86_64",
                    new Sha256("9e3cf73485edbd45905c8aadbc0fdf869c7ddc3848f0c898229f2680db52e44b"),
                    URI.create("https://github.com/rust-cross/cargo-zigbuild/releases/download/v0.23.4/"
                            + "cargo-zigbuild-x86_64-unknown-linux-musl.tar.xz")));

    public PinnedTool {
        for (String word : List.of(name, version, processor)) {
            if (!word.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                throw new IllegalArgumentException("Not a word about a tool: '" + word + "'.");
            }
        }
    }

    private static PinnedTool zig(String processor, String sha256) {
        String version = "0.16.0";
        return new PinnedTool(
                ZIG,
                version,
                processor,
                new Sha256(sha256),
                URI.create("https://ziglang.org/download/" + version + "/zig-" + processor + "-linux-" + version
                        + ".tar.xz"));
    }

    /** Returns the tool's line in a leg's data file. */
    String words() {
        return String.join(" ", name, version, processor, sha256.hex(), archive.toString());
    }

    /** Returns the tools that link for a chosen glibc, in words. */
    public static String zigbuildInWords() {
        return ZIGBUILD.stream()
                .map(tool -> tool.name() + " " + tool.version())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
    }
}
