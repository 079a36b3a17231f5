package it;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** Finds the library of this machine in the native jar, unpacks it, loads it and calls it. */
public final class Greeter {

    public static native int add(int left, int right);

    public static void main(String[] words) throws Exception {
        String name = System.mapLibraryName("greet");
        String resource = "/META-INF/native/" + system() + "-" + processor() + "/" + name;
        Path library = Files.createTempDirectory("greet").resolve(name);
        try (InputStream in = Objects.requireNonNull(Greeter.class.getResourceAsStream(resource), resource)) {
            Files.copy(in, library);
        }
        System.load(library.toString());
        System.out.println("19 + 23 = " + add(19, 23));
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "osx" : name.startsWith("windows") ? "windows" : name;
    }

    private static String processor() {
        return System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    }
}
