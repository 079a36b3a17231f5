package io.github.traviscompile.ci.local;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.GlibcFloor;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.OperatingSystem;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RustTarget;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the linker for a target, this machine's own or another. */
record LocalLinker(Command command, SearchPath path, Path cargo, RustTarget host) {

    /** The usual cross compilers of a target by preference, and the source of the first. */
    private record Usual(List<String> compilers, String source) {

        static Usual of(String compiler, String debian, String fedora) {
            return new Usual(
                    List.of(compiler), "the package " + debian + " (Debian, Ubuntu) or " + fedora + " (Fedora)");
        }
    }

    private static final String MUSL_GCC = "musl-gcc";

    private static final Map<String, Usual> USUAL = Map.of(
            "x86_64-unknown-linux-gnu",
            Usual.of("x86_64-linux-gnu-gcc", "gcc-x86-64-linux-gnu", "gcc-x86_64-linux-gnu"),
            "i686-unknown-linux-gnu",
            Usual.of("i686-linux-gnu-gcc", "gcc-i686-linux-gnu", "glibc-devel.i686 libgcc.i686"),
            "aarch64-unknown-linux-gnu",
            Usual.of("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu", "gcc-aarch64-linux-gnu"),
            "x86_64-unknown-linux-musl",
            new Usual(
                    List.of("x86_64-linux-musl-gcc", MUSL_GCC),
                    "the package musl-tools (Debian, Ubuntu) or musl-gcc (Fedora)"),
            "aarch64-unknown-linux-musl",
            new Usual(
                    List.of("aarch64-linux-musl-gcc", MUSL_GCC),
                    "a musl cross compiler for aarch64, which few distributions have"),
            "x86_64-pc-windows-gnu",
            Usual.of("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64", "mingw64-gcc"),
            "i686-pc-windows-gnu",
            Usual.of("i686-w64-mingw32-gcc", "gcc-mingw-w64-i686", "mingw32-gcc"));

    /** Returns the linker for Cargo's environment; empty if Cargo finds the right one itself. */
    Optional<String> find(Leg leg) throws CrossCompileException {
        RustTarget target = leg.target();
        if (target.equals(host)) {
            requireOwn(leg);
            return Optional.empty();
        }
        if (!command.environment()
                .getOrDefault(target.cargoVariable("LINKER"), "")
                .isEmpty()) {
            return Optional.empty();
        }
        Optional<String> configured = configured(target);
        if (configured.isPresent()) {
            // Cargo resolves a relative path against its configuration file and reads that itself in the checkout.
            return configured.filter(
                    linker -> !linker.matches(".*[/\\\\].*") || Path.of(linker).isAbsolute());
        }
        if (sameSystem(target)) {
            return Optional.empty();
        }
        Usual usual = USUAL.get(target.triple());
        if (usual == null) {
            throw new ActionNeededException("The platform '" + leg.platform() + "' cannot be linked on this machine: "
                    + target + " needs the tools of its own system, and this is " + host
                    + ". Build it on such a machine or service, set " + target.cargoVariable("LINKER")
                    + ", or leave it out of " + Parameter.PLATFORMS + ".");
        }
        for (String compiler : usual.compilers()) {
            Optional<Path> found = path.find(compiler);
            // musl-gcc compiles only for its own processor.
            boolean fits = !compiler.equals(MUSL_GCC) || target.cpu() == host.cpu();
            if (found.isPresent() && fits) {
                return Optional.of(found.get().toString());
            }
        }
        if (target.cpu() == Cpu.X86_32 && GlibcFloor.matters(target) && linksWith32Bits()) {
            return Optional.empty();
        }
        throw new ActionNeededException("The platform '" + leg.platform() + "' cannot be linked on this machine: no "
                + String.join(" or ", usual.compilers()) + " was found in " + path.inWords() + ". Install "
                + usual.source() + ", set " + target.cargoVariable("LINKER")
                + ", or leave the platform out of " + Parameter.PLATFORMS + ".");
    }

    /** Requires {@code cc}, which rustc calls by default (The rustc book, "Codegen Options", linker). */
    private void requireOwn(Leg leg) throws CrossCompileException {
        if (host.system() == OperatingSystem.WINDOWS || path.find("cc").isPresent() || configuresLinking()) {
            return;
        }
        throw new ActionNeededException("The platform '" + leg.platform()
                + "' cannot be linked on this machine: no cc was found in " + path.inWords()
                + ". Install the package gcc (on Debian and Ubuntu with libc6-dev; on macOS run: xcode-select"
                + " --install),"
                + " set " + host.cargoVariable("LINKER")
                + ", or leave the platform out of " + Parameter.PLATFORMS + ".");
    }

    /** Returns whether variables or Cargo's configuration mention linking at all. */
    private boolean configuresLinking() throws WorkFailedException {
        boolean named = command.environment().entrySet().stream()
                .anyMatch(variable -> variable.getKey().equals(host.cargoVariable("LINKER"))
                        || (variable.getKey().endsWith("RUSTFLAGS")
                                && variable.getValue().contains("link")));
        return named || setting("target").contains("link") || setting("build").contains("link");
    }

    private Optional<String> configured(RustTarget target) throws WorkFailedException {
        String value = setting("target." + target + ".linker");
        return value.length() > 2 && value.startsWith("\"")
                ? Optional.of(value.substring(1, value.length() - 1).replace("\\\\", "\\"))
                : Optional.empty();
    }

    /**
     * Returns Cargo's own answer, so that its files and their precedence count. The sub-command is not stable yet.
     *
     * @return JSON in one line; empty if not set
     */
    private String setting(String key) throws WorkFailedException {
        Map<String, String> environment = new TreeMap<>(command.environment());
        environment.put("RUSTC_BOOTSTRAP", "1");
        Command.CommandResult answer = new Command(environment, command.directory())
                .ask(List.of(cargo.toString(), "-Zunstable-options", "config", "get", "--format", "json-value", key));
        return answer.succeeded() ? answer.output().lines().findFirst().orElse("") : "";
    }

    /** Returns whether the system's linker serves every processor, as Apple's and Microsoft's do. */
    private boolean sameSystem(RustTarget target) {
        return target.system() == host.system()
                && switch (target.naming()) {
                    case MACH_O, WINDOWS_MSVC -> target.naming() == host.naming();
                    case ELF, WINDOWS_GNU -> false;
                };
    }

    private boolean linksWith32Bits() throws WorkFailedException {
        Optional<Path> compiler = host.cpu() == Cpu.X86_64 ? path.find("cc") : Optional.empty();
        if (compiler.isEmpty()) {
            return false;
        }
        try {
            Path empty = Files.createTempFile("travis-compile-link", ".c");
            Path library = Files.createTempFile("travis-compile-link", ".so");
            try {
                return command.ask(List.of(
                                compiler.get().toString(),
                                "-m32",
                                "-shared",
                                "-o",
                                library.toString(),
                                empty.toString()))
                        .succeeded();
            } finally {
                Files.deleteIfExists(empty);
                Files.deleteIfExists(library);
            }
        } catch (IOException e) {
            throw new WorkFailedException("A temporary file cannot be written to try the linker: " + e.getMessage(), e);
        }
    }
}
