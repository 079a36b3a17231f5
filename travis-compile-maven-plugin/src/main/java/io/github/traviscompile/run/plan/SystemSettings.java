package io.github.traviscompile.run.plan;

import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.FileNaming;
import io.github.traviscompile.model.GlibcFloor;
import io.github.traviscompile.model.LegSetup;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.SystemPackage;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.run.api.Constraints;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of the request for single systems, and their meaning for a leg.
 *
 * @param promises which name the newest glibc and the oldest macOS
 * @param zigHere whether this machine has what links for a glibc of choice
 */
public record SystemSettings(
        CrossCompileRequest.Systems systems, Map<String, String> environment, Constraints promises, boolean zigHere) {

    /** The variable that clang, ld and rustc read (The rustc book, "*-apple-darwin"). */
    private static final String DEPLOYMENT_TARGET = "MACOSX_DEPLOYMENT_TARGET";

    public SystemSettings {
        environment = Map.copyOf(environment);
    }

    static SystemSettings of(CrossCompileRequest request) throws ActionNeededException {
        CrossCompileRequest.BuildOptions what = request.what();
        Constraints promises = request.promises();
        if (promises.macos().isPresent() && what.environment().containsKey(DEPLOYMENT_TARGET)) {
            throw new ActionNeededException("The oldest macOS is set twice, by " + Parameter.MACOS_DEPLOYMENT_TARGET
                    + " and by " + DEPLOYMENT_TARGET + " in <environment>. Leave the latter out.");
        }
        for (Map.Entry<PackageManager, List<String>> list :
                what.systems().packages().entrySet()) {
            for (String name : list.getValue()) {
                requirePackage(list.getKey(), name);
            }
        }
        return new SystemSettings(
                what.systems(),
                what.environment(),
                promises,
                promises.glibc().isPresent()
                        && LocalToolchain.hasZigbuild(request.host().environment()));
    }

    private static void requirePackage(PackageManager manager, String name) throws ActionNeededException {
        if (!manager.takes(name.strip())) {
            throw new ActionNeededException("Not the name of a package of " + manager + ": '" + name
                    + "', which <systemPackages> has in <" + manager
                    + ">. Name packages alone there, without options and versions.");
        }
    }

    /** The plain variables for a leg of {@code platform}. */
    SortedMap<String, String> variables(Platform platform) {
        SortedMap<String, String> variables = new TreeMap<>(environment);
        if (platform.naming() == FileNaming.MACH_O) {
            promises.macos().ifPresent(oldest -> variables.put(DEPLOYMENT_TARGET, oldest.toString()));
        }
        return variables;
    }

    LegSetup setup(Platform platform, Service service, List<Output> outputs) throws ActionNeededException {
        boolean cargo = outputs.stream().anyMatch(output -> output.kind() != OutputKind.WHEEL);
        return new LegSetup(
                linksRunTimeIn(platform, outputs) ? LegSetup.STATIC_CRT : List.of(),
                service.isLocal() ? List.of() : packages(PackageManager.of(platform)),
                cargo && GlibcFloor.matters(platform.target()) ? floor(platform, service) : Optional.empty());
    }

    /** Returns the glibc to link for. This machine links with its own, unless it has cargo-zigbuild. */
    private Optional<GlibcFloor> floor(Platform platform, Service service) throws ActionNeededException {
        boolean local = service.isLocal();
        Optional<Version> newest = promises.glibc();
        if (newest.isEmpty() || (local && !zigHere)) {
            return Optional.empty();
        }
        try {
            return Optional.of(GlibcFloor.of(newest.get()));
        } catch (IllegalArgumentException e) {
            if (local) {
                return Optional.empty();
            }
            throw new ActionNeededException(
                    "The parameter " + Parameter.GLIBC + " is '" + newest.get() + "', which " + platform
                            + " on " + service + " cannot be linked for. " + e.getMessage() + " Write "
                            + GlibcFloor.OLDEST + " or a newer one.",
                    e);
        }
    }

    private List<SystemPackage> packages(PackageManager manager) {
        return systems.packages().getOrDefault(manager, List.of()).stream()
                .map(name -> new SystemPackage(manager, name.strip()))
                .distinct()
                .toList();
    }

    /** Whether the run time is linked in. The linker of a Rust or a static library decides, and so do the user's own flags. */
    private boolean linksRunTimeIn(Platform platform, List<Output> outputs) {
        return systems.windowsStaticCrt()
                && platform.naming() == FileNaming.WINDOWS_MSVC
                && outputs.stream()
                        .map(Output::kind)
                        .anyMatch(kind -> kind != OutputKind.DYLIB && kind != OutputKind.STATICLIB)
                && environment.entrySet().stream()
                        .noneMatch(variable -> variable.getKey().endsWith("RUSTFLAGS")
                                && variable.getValue().contains("crt-static"));
    }
}
