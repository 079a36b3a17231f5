package io.github.traviscompile.cargo;

import io.github.traviscompile.model.PackageManager;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A crate whose name says that it binds a system library.
 *
 * @param crate as in Cargo.lock
 * @param packages with the library and its headers, as far as known
 */
public record SystemLibrary(String crate, Map<PackageManager, String> packages) {

    /** The most common crates that search for their library first and do not bundle it by default. */
    private static final Map<String, Map<PackageManager, String>> KNOWN = Map.of(
            "openssl-sys", all("libssl-dev", "openssl@3", "openssl"),
            "libsqlite3-sys", all("libsqlite3-dev", "sqlite"),
            "curl-sys", all("libcurl4-openssl-dev", "curl"),
            "pq-sys", all("libpq-dev", "libpq", "postgresql"),
            "mysqlclient-sys", all("libmysqlclient-dev", "mysql-client"),
            "libdbus-sys", all("libdbus-1-dev", "dbus"),
            "alsa-sys", Map.of(PackageManager.APT, "libasound2-dev"),
            "libudev-sys", Map.of(PackageManager.APT, "libudev-dev"),
            "freetype-sys", all("libfreetype-dev", "freetype"),
            "clang-sys", all("libclang-dev", "llvm", "llvm"));

    /** Crates of libraries that every such system has, or of no library at all. */
    private static final Set<String> OF_THE_SYSTEM = Set.of(
            "windows-sys",
            "js-sys",
            "web-sys",
            "jni-sys",
            "linux-raw-sys",
            "core-foundation-sys",
            "security-framework-sys",
            "system-configuration-sys",
            "fsevent-sys",
            "inotify-sys",
            "objc-sys");

    public SystemLibrary {
        packages = Map.copyOf(packages);
    }

    /** Returns the library that {@code crate} binds; empty if its name implies none, or every system has it. */
    static Optional<SystemLibrary> of(String crate) {
        return crate.endsWith("-sys") && !OF_THE_SYSTEM.contains(crate)
                ? Optional.of(new SystemLibrary(crate, KNOWN.getOrDefault(crate, Map.of())))
                : Optional.empty();
    }

    private static Map<PackageManager, String> all(String apt, String brew) {
        return Map.of(PackageManager.APT, apt, PackageManager.BREW, brew);
    }

    private static Map<PackageManager, String> all(String apt, String brew, String choco) {
        return Map.of(PackageManager.APT, apt, PackageManager.BREW, brew, PackageManager.CHOCO, choco);
    }
}
