package io.github.traviscompile.git;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A path inside a tree, exact to the byte. Names on Linux need not be text, and Java's text of a name depends on the
 * locale and cannot be converted back. The order is git's order of paths, that of unsigned bytes.
 *
 * @param latin1 the bytes, one character each, separated by {@code /}; empty for the root
 */
record GitPath(String latin1) implements Comparable<GitPath> {

    static final GitPath ROOT = new GitPath("");

    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final Path SYSTEM_ROOT = Path.of(File.separator);

    static GitPath of(byte[] bytes) {
        return new GitPath(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    static GitPath of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the bytes of {@code path} in the file system, which its text may not show. */
    static GitPath of(Path path) {
        String text = path.toString();
        if (isAscii(text)) {
            return new GitPath(WINDOWS ? text.replace('\\', '/') : text);
        }
        return WINDOWS ? ofUtf16(text) : ofUnixBytes(path, text);
    }

    private static GitPath ofUtf16(String text) {
        try {
            ByteBuffer utf8 =
                    StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(text.replace('\\', '/')));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return of(bytes);
        } catch (CharacterCodingException e) {
            throw new InvalidPathException(text, "not Unicode: " + e.getMessage());
        }
    }

    /** Reads the bytes from the path's URI, the only public API that shows them. */
    private static GitPath ofUnixBytes(Path path, String text) {
        String escaped = SYSTEM_ROOT.resolve(path).toUri().getRawPath();
        String bytes = unescape(path.isAbsolute() ? escaped : escaped.substring(1));
        // toUri() appends a slash if the path is an existing directory.
        return new GitPath(bytes.endsWith("/") && !text.endsWith("/") ? bytes.substring(0, bytes.length() - 1) : bytes);
    }

    private static String unescape(String uriPath) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(uriPath.length());
        for (int i = 0; i < uriPath.length(); i++) {
            char c = uriPath.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(uriPath, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Returns this path below {@code root}; fails if it is not a path on this machine. */
    Path in(Path root) {
        return root.resolve(toPath());
    }

    /** Returns this path as one of the file system, relative unless it begins with a slash. */
    Path toPath() {
        if (isAscii(latin1)) {
            return Path.of(latin1);
        }
        if (WINDOWS) {
            try {
                return Path.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes()))
                        .toString());
            } catch (CharacterCodingException e) {
                throw new InvalidPathException(toString(), "not UTF-8: " + e.getMessage());
            }
        }
        StringBuilder uri = new StringBuilder("file:///");
        for (int i = latin1.startsWith("/") ? 1 : 0; i < latin1.length(); i++) {
            char c = latin1.charAt(i);
            uri.append(c == '/' ? "/" : String.format("%%%02X", (int) c));
        }
        Path absolute = Path.of(URI.create(uri.toString()));
        return latin1.startsWith("/") ? absolute : SYSTEM_ROOT.relativize(absolute);
    }

    GitPath child(GitPath name) {
        return latin1.isEmpty() ? name : new GitPath(latin1 + "/" + name.latin1);
    }

    byte[] bytes() {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(GitPath other) {
        return latin1.compareTo(other.latin1);
    }

    /**
     * Returns the bytes decoded as UTF-8, for messages and patterns; invalid bytes become the replacement character.
     */
    @Override
    public String toString() {
        return isAscii(latin1) ? latin1 : new String(bytes(), StandardCharsets.UTF_8);
    }
}
