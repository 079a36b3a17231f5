package io.github.traviscompile.model;

/** The names that rustc gives its outputs on one family of targets. */
public enum FileNaming {
    ELF("lib", ".so", "lib", ".a", ""),
    MACH_O("lib", ".dylib", "lib", ".a", ""),
    WINDOWS_MSVC("", ".dll", "", ".lib", ".exe"),
    WINDOWS_GNU("", ".dll", "lib", ".a", ".exe");

    private final String dynamicPrefix;
    private final String dynamicSuffix;
    private final String staticPrefix;
    private final String staticSuffix;
    private final String executableSuffix;

    FileNaming(
            String dynamicPrefix,
            String dynamicSuffix,
            String staticPrefix,
            String staticSuffix,
            String executableSuffix) {
        this.dynamicPrefix = dynamicPrefix;
        this.dynamicSuffix = dynamicSuffix;
        this.staticPrefix = staticPrefix;
        this.staticSuffix = staticSuffix;
        this.executableSuffix = executableSuffix;
    }

    /**
     * Returns the file that Cargo writes for the library or binary {@code name} (libraries with {@code _} for {@code
     * -}).
     */
    public String fileName(OutputKind kind, String name) {
        return switch (kind) {
            case CDYLIB, DYLIB -> dynamicPrefix + name + dynamicSuffix;
            case STATICLIB -> staticPrefix + name + staticSuffix;
            case BIN -> name + executableSuffix;
            case WHEEL -> name + ".whl";
        };
    }
}
