package io.github.traviscompile.git;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Why the file system refused, in words: several of its exceptions carry their reason in their class name alone. */
final class Reason {

    private Reason() {}

    static String of(IOException e) {
        if (e instanceof FileSystemException refused && refused.getReason() == null) {
            String name = e.getClass().getSimpleName().replaceFirst("Exception$", "");
            return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT) + ": " + refused.getFile();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
