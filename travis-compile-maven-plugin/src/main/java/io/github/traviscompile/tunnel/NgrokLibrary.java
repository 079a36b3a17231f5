package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files of ngrok-java, downloaded only for this tunnel. Its native part depends on the platform, and it needs slf4j
 * 2; Maven 3 gives every plugin slf4j 1.7. It therefore has its own class loader, which sees only Java itself.
 *
 * @param jars the resolved files of {@link #coordinates}
 */
public record NgrokLibrary(List<Path> jars) {

    private static final String VERSION = "1.0.1";
    private static final String SLF4J_VERSION = "2.0.17";

    /** The classifiers of ngrok's native parts: glibc only on Linux, no aarch_64 on Windows. */
    private static final Set<String> NATIVE = Set.of(
            "linux-x86_64",
            "linux-x86_32",
            "linux-aarch_64",
            "osx-x86_64",
            "osx-aarch_64",
            "windows-x86_64",
            "windows-x86_32");

    private static final String OTHERWISE = "Use another tunnel, " + AddressParser.PARAMETER
            + ": ssh://user@host?publicUrl=https://… or an https:// address.";

    public NgrokLibrary {
        jars = List.copyOf(jars);
    }

    /**
     * Returns the artifacts to resolve for {@code host}, as {@code group:artifact[:extension:classifier]:version},
     * without dependencies.
     *
     * @throws ActionNeededException if ngrok publishes no native part for this machine
     */
    public static List<String> coordinates(Host host) throws ActionNeededException {
        String classifier = host.platform().map(p -> p.id()).orElse(host.osName() + "-" + host.osArch());
        if (!NATIVE.contains(classifier)) {
            throw new ActionNeededException("The tunnel ngrok cannot run on this machine: its native part"
                    + " com.ngrok:ngrok-java-native is not published for " + classifier + ". " + OTHERWISE);
        }
        return List.of(
                "com.ngrok:ngrok-java:" + VERSION,
                "com.ngrok:ngrok-java-native:jar:" + classifier + ":" + VERSION,
                "org.slf4j:slf4j-api:" + SLF4J_VERSION,
                "org.slf4j:slf4j-nop:" + SLF4J_VERSION);
    }

    /**
     * Returns the error for files that could not be resolved.
     *
     * @param cause of the resolution, whose text is kept
     */
    public static WorkFailedException unresolved(String coordinates, Exception cause) {
        return new WorkFailedException(
                "The tunnel ngrok needs " + coordinates + ", which cannot be had: " + cause.getMessage()
                        + ". Check the repositories that Maven asks for plugins (they may lack its native part). "
                        + OTHERWISE,
                cause);
    }

    /** Returns the error for a library that is present but does not work. */
    static CrossCompileException unusable(Throwable cause) {
        return new ActionNeededException(
                "The tunnel ngrok cannot be started: the native part com.ngrok:ngrok-java-native:" + VERSION
                        + " for this machine's platform is missing or does not load (" + cause
                        + "). On Linux it is built for glibc, so systems with musl, such as Alpine, cannot load it. "
                        + OTHERWISE,
                cause);
    }

    /** Creates a class loader for the files. The caller closes it. */
    URLClassLoader open() {
        List<URL> urls = new ArrayList<>();
        try {
            for (Path jar : jars) {
                urls.add(jar.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new IllegalStateException("Every file has a URL.", e);
        }
        return new URLClassLoader("ngrok", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** Closes a class loader; after a failure only a read file stays open. */
    static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            return;
        }
    }
}
