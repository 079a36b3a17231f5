package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.bytes.BytesChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A file of the corpus. */
public final class Sample {

    private final String name;
    private final byte[] bytes;

    /** @param name its origin: the jar and the path inside it */
    Sample(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    public String name() {
        return name;
    }

    /** Returns the array itself, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public Binary read() throws IOException {
        return Binary.read(new BytesChannel(bytes));
    }

    /** Writes the file to disk, for other tools. */
    public Path in(Path directory) throws IOException {
        return Files.write(directory.resolve("sample"), bytes);
    }

    /** Returns whether its name contains {@code word}, ignoring case. */
    public boolean isCalled(String word) {
        return name.toLowerCase(Locale.ROOT).contains(word);
    }

    @Override
    public String toString() {
        return name;
    }
}
