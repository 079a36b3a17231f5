package io.github.traviscompile.build;

import io.github.traviscompile.cargo.CargoLock;
import io.github.traviscompile.cargo.CargoProject;
import io.github.traviscompile.ci.travis.LegacyMac;
import io.github.traviscompile.ci.travis.TravisService;
import io.github.traviscompile.platform.ActionNeededException;
import io.github.traviscompile.platform.CargoBuild;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Host;
import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.PlatformSelection;
import io.github.traviscompile.platform.Service;
import io.github.traviscompile.platform.Suggestion;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which platforms a run is for and who compiles them.
 *
 * @param platforms in the order in which they were named
 * @param service the one that compiles all of them
 * @param warnings full sentences
 */
record Routing(List<Platform> platforms, Service service, List<String> warnings) {

    private static final String AUTO = "auto";

    /** Both architectures of Linux and OSX that exist today, where hosted services compile and nothing is named. */
    private static final List<Platform> HOSTED_DEFAULT =
            List.of(Platform.LINUX_X86_64, Platform.LINUX_X86_32, Platform.OSX_X86_64, Platform.OSX_AARCH_64);

    private static final String UNDECIDED =
            "None of <ci>, <platforms> and <repository> is set, so this machine compiles for its own platform alone. Set"
                    + " <ci>local</ci> (-Dtravis-compile.ci=local) to say that this is meant, and <platforms>"
                    + " (-Dtravis-compile.platforms) and <repository> (-Dtravis-compile.repository) to have others.";

    Routing {
        platforms = List.copyOf(platforms);
        warnings = List.copyOf(warnings);
    }

    static Routing of(CrossCompileRequest request) throws ActionNeededException {
        CrossCompileRequest.Where where = request.where();
        Service service = service(where);
        List<Platform> platforms = PlatformSelection.parse(where.platforms());
        if (platforms.isEmpty()) {
            platforms = service == Service.LOCAL ? List.of(ownPlatform(request.host())) : HOSTED_DEFAULT;
        }
        URI travis = request.hosting().services().travisApi();
        for (Platform platform : platforms) {
            if (service == Service.TRAVIS) {
                TravisService.requireMachine(platform, travis);
            } else {
                requireLocal(platform);
            }
        }
        return new Routing(platforms, service, isUndecided(where) ? List.of(UNDECIDED) : List.of());
    }

    private static boolean isUndecided(CrossCompileRequest.Where where) {
        return where.ci().isEmpty()
                && where.platforms().isEmpty()
                && where.repository().isEmpty();
    }

    /** Whether the toolchain of this machine will be asked, as far as it is known without reading the project. */
    static boolean isLocal(CrossCompileRequest.Where where) {
        return isUndecided(where) || where.ci().equals(Optional.of(Service.LOCAL.word()));
    }

    private static Service service(CrossCompileRequest.Where where) throws ActionNeededException {
        if (isLocal(where)) {
            return Service.LOCAL;
        }
        String ci = where.ci().orElse(AUTO);
        List<String> known = Stream.concat(
                        Stream.of(AUTO), Arrays.stream(Service.values()).map(Service::word))
                .toList();
        if (!known.contains(ci)) {
            throw new ActionNeededException("There is no service '" + ci + "', as <ci> (-Dtravis-compile.ci) says. "
                    + Suggestion.of(ci, known));
        }
        if (!ci.equals(AUTO) && !ci.equals(Service.TRAVIS.word())) {
            throw new ActionNeededException("This version compiles on Travis CI and on the machine that runs Maven, but"
                    + " <ci> (-Dtravis-compile.ci) is '" + ci + "'. Set it to 'travis' or 'local'.");
        }
        if (where.repository().isEmpty()) {
            throw new ActionNeededException(
                    "Compiling on hosted services needs a GitHub repository of yours to carry the"
                            + " builds. Name it, such as alice/builds, in <repository> (-Dtravis-compile.repository), or set"
                            + " <ci>local</ci> (-Dtravis-compile.ci=local) to compile on this machine.");
        }
        return Service.TRAVIS;
    }

    private static Platform ownPlatform(Host host) throws ActionNeededException {
        return host.platform()
                .orElseThrow(() -> new ActionNeededException("This machine (" + host.osName() + ", " + host.osArch()
                        + ") is none of the platforms that are delivered. Name one that its"
                        + " toolchain can compile for in <platforms> (-Dtravis-compile.platforms)."));
    }

    private static void requireLocal(Platform platform) throws ActionNeededException {
        if (!platform.services().contains(Service.LOCAL)) {
            throw new ActionNeededException("The platform '" + platform + "' cannot be compiled with <ci>local</ci>"
                    + " (-Dtravis-compile.ci): only "
                    + platform.services().stream().map(Service::word).collect(Collectors.joining(", "))
                    + " can. Leave it out of <platforms> (-Dtravis-compile.platforms).");
        }
    }

    /** The toolchain that a leg asks for, after a look whether the last one for 32-bit OSX can read the project. */
    static Optional<String> toolchain(Platform platform, Optional<String> asked, CargoBuild build, CargoProject project)
            throws CrossCompileException {
        if (platform != Platform.OSX_X86_32) {
            return asked;
        }
        if (asked.isPresent()) {
            LegacyMac.requireToolchain(asked.get());
        }
        LegacyMac.requireReadable(
                project.members().stream()
                        .map(member ->
                                new LegacyMac.PackageNeeds(member.name(), member.edition(), member.inheritedKeys()))
                        .toList(),
                build);
        if (project.locked()) {
            LegacyMac.requireReadable(CargoLock.read(project.root()).version());
        }
        return Optional.of(LegacyMac.TOOLCHAIN);
    }
}
