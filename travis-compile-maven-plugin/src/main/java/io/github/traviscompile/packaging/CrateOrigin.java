package io.github.traviscompile.packaging;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The source of a crate, in the terms of a bill of materials.
 *
 * @param repository the git repository, empty for other sources
 * @param qualifiers of its package URL, after name and version; empty for crates.io
 */
record CrateOrigin(Optional<String> repository, String qualifiers) {

    private static final String GIT = "git+";

    /** Cargo's names of crates.io in a lock file, by git and by HTTP. */
    private static final Set<String> CRATES_IO =
            Set.of("registry+https://github.com/rust-lang/crates.io-index", "sparse+https://index.crates.io/");

    static CrateOrigin of(String source) {
        if (CRATES_IO.contains(source)) {
            return new CrateOrigin(Optional.empty(), "");
        }
        String url = withoutCredentials(source.substring(source.indexOf('+') + 1));
        if (!source.startsWith(GIT)) {
            return new CrateOrigin(Optional.empty(), "?repository_url=" + encoded(url));
        }
        int hash = url.indexOf('#');
        String commit = hash < 0 ? "" : "@" + url.substring(hash + 1);
        String repository = url.replaceFirst("[?#].*", "");
        return new CrateOrigin(Optional.of(repository), "?vcs_url=" + encoded(GIT + repository + commit));
    }

    /**
     * Returns the package URL of a crate from this source (package-url/purl-spec, PURL-SPECIFICATION and
     * types/cargo-definition). {@code repository_url} is set unless it is the type's own registry, {@code vcs_url} has
     * the form of SPDX.
     */
    String packageUrl(String name, String version) {
        return "pkg:cargo/" + encoded(name) + "@" + encoded(version) + qualifiers;
    }

    /**
     * Removes credentials, as the document is published; ssh needs the user name, which without a colon has no
     * password.
     */
    private static String withoutCredentials(String url) {
        return url.startsWith("ssh://")
                ? url.replaceFirst("(//[^/@:]*):[^/@]*@", "$1@")
                : url.replaceFirst("//[^/@]*@", "//");
    }

    /** Percent-encodes (RFC 3986, 2.1) all but the unreserved characters and the colon. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~:".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
