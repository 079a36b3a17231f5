package io.github.traviscompile.run.plan;

import io.github.traviscompile.cargo.CargoLock;
import io.github.traviscompile.cargo.CargoProject;
import io.github.traviscompile.ci.CiProvider;
import io.github.traviscompile.ci.travis.LegacyMac;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.api.CiChoice;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.PlatformOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The platforms of a run, and the service that compiles each of them.
 *
 * @param delivered the platforms that were named
 * @param routes those of the platforms that are compiled for them, in the same order
 * @param warnings full sentences
 */
public record Routing(List<Platform> delivered, List<Route> routes, List<String> warnings) {

    /**
     * The service that compiles one platform.
     *
     * @param reason why the services before it in the platform's row do not; empty where it is the first, or was named
     * @param substitutes who else may, in this order, should the service turn out not to be ready; none where it was named
     * @param own what is wanted for this platform alone
     */
    record Route(Platform platform, Service service, String reason, List<Service> substitutes, PlatformOverride own) {

        Route {
            substitutes = List.copyOf(substitutes);
        }

        Route(Platform platform, Service service, String reason, List<Service> substitutes) {
            this(platform, service, reason, substitutes, PlatformOverride.NOTHING);
        }

        private Route with(PlatformOverride other) {
            return new Route(platform, service, reason, substitutes, other);
        }
    }

    /** Both architectures of Linux and OSX that exist today, where hosted services compile and nothing is named. */
    private static final List<Platform> HOSTED_DEFAULT =
            List.of(Platform.LINUX_X86_64, Platform.LINUX_X86_32, Platform.OSX_X86_64, Platform.OSX_AARCH_64);

    private static final String UNDECIDED =
            "None of <ci>, <platforms> and <repository> is set, so this machine compiles for its own platform alone."
                    + " Set " + Parameter.CI.setTo("local") + " to say that this is meant, and " + Parameter.PLATFORMS
                    + " and " + Parameter.REPOSITORY + " to have others.";

    public Routing {
        delivered = List.copyOf(delivered);
        routes = List.copyOf(routes);
        warnings = List.copyOf(warnings);
    }

    static Routing of(CrossCompileRequest request) throws CrossCompileException {
        CrossCompileRequest.Targets where = request.where();
        Optional<Service> named = service(where);
        List<Platform> platforms = where.platforms();
        if (platforms.isEmpty()) {
            platforms =
                    named.equals(Optional.of(Service.LOCAL)) ? List.of(ownPlatform(request.host())) : HOSTED_DEFAULT;
        }
        List<Route> routes = new ArrayList<>();
        List<Platform> compiled = platforms.stream()
                .flatMap(platform -> platform.compiled().stream())
                .distinct()
                .toList();
        for (Platform platform : compiled) {
            PlatformOverride wanted = where.own().getOrDefault(platform, PlatformOverride.NOTHING);
            Optional<Service> service =
                    wanted.ci().isPresent() ? wanted.ci().get().place() : named;
            Route route =
                    service.isPresent() ? named(platform, service.get(), request.hosting()) : auto(platform, request);
            if (!route.service().isLocal()) {
                requireRepository(where);
            }
            routes.add(route.with(wanted));
        }
        List<String> warnings = new ArrayList<>();
        for (CiProvider provider : CiProviders.all()) {
            warnings.addAll(provider.warnings(
                    routes.stream()
                            .filter(route -> route.service().equals(provider.service()))
                            .map(Route::platform)
                            .toList(),
                    request.hosting().settings()));
        }
        if (isUndecided(where)) {
            warnings.add(UNDECIDED);
        }
        return new Routing(platforms, routes, warnings);
    }

    /** Returns the services that may compile {@code leg}, in this order. */
    public List<Service> candidates(Leg leg) {
        List<Service> candidates = new ArrayList<>(List.of(leg.service()));
        routes.stream()
                .filter(route -> route.platform() == leg.platform())
                .forEach(route -> candidates.addAll(route.substitutes()));
        return candidates;
    }

    private static Route named(Platform platform, Service service, CrossCompileRequest.Hosting hosting)
            throws CrossCompileException {
        Optional<String> lack = CiProviders.unsupportedReason(service, platform, hosting.settings());
        if (lack.isEmpty()) {
            return new Route(platform, service, "", List.of());
        }
        List<String> others = new ArrayList<>();
        for (Service other : CiProviders.places()) {
            if (CiProviders.unsupportedReason(other, platform, hosting.settings())
                    .isEmpty()) {
                others.add(other.id());
            }
        }
        throw new ActionNeededException("The platform '" + platform + "' cannot be compiled on " + service.title()
                + ", which " + lack.get() + ". "
                + (others.isEmpty()
                        ? "Leave it out of " + Parameter.PLATFORMS + "."
                        : "Set " + Parameter.CI + " to " + String.join(" or ", others) + ", or leave it out of "
                                + Parameter.PLATFORMS + "."));
    }

    /** The first of the platform's services that has a machine for it and an account of the user's. */
    private static Route auto(Platform platform, CrossCompileRequest request) throws CrossCompileException {
        List<String> passed = new ArrayList<>();
        List<Service> able = new ArrayList<>();
        List<Service> usable = new ArrayList<>();
        for (Service service : CiProviders.ranked(platform)) {
            Optional<String> lack = CiProviders.unsupportedReason(
                    service, platform, request.hosting().settings());
            if (lack.isEmpty()) {
                able.add(service);
            }
            if (lack.isEmpty() && request.hosting().accounts().contains(service)) {
                usable.add(service);
            } else if (usable.isEmpty()) {
                passed.add(lack.map(why -> service.title() + " " + why).orElse("no token for " + service.title()));
            }
        }
        if (!usable.isEmpty()) {
            return new Route(platform, usable.get(0), String.join("; ", passed), usable.subList(1, usable.size()));
        }
        if (able.isEmpty()) {
            throw new ActionNeededException("No hosted service can compile the platform '" + platform + "': "
                    + String.join("; ", passed) + ". Leave it out of " + Parameter.PLATFORMS + ".");
        }
        // A run there fails with a sentence on the places of tokens.
        return new Route(platform, able.get(0), "", List.of());
    }

    private static boolean isUndecided(CrossCompileRequest.Targets where) {
        return where.ci().isEmpty()
                && where.platforms().isEmpty()
                && where.repository().isEmpty();
    }

    /** Whether this machine compiles, as far as that is known without reading the project. */
    public static boolean isLocal(CrossCompileRequest.Targets where) {
        return isUndecided(where) || where.ci().flatMap(CiChoice::place).equals(Optional.of(Service.LOCAL));
    }

    /** The one service that is named; none where each platform goes to its first. */
    private static Optional<Service> service(CrossCompileRequest.Targets where) throws ActionNeededException {
        if (isLocal(where)) {
            return Optional.of(Service.LOCAL);
        }
        requireRepository(where);
        return where.ci().flatMap(CiChoice::place);
    }

    private static void requireRepository(CrossCompileRequest.Targets where) throws ActionNeededException {
        if (where.repository().isEmpty()) {
            throw new ActionNeededException(
                    "Compiling on hosted services needs a GitHub repository of yours to carry the"
                            + " builds. Name it, such as alice/builds, in " + Parameter.REPOSITORY + ", or set"
                            + " " + Parameter.CI.setTo("local") + " to compile on this machine.");
        }
    }

    private static Platform ownPlatform(Host host) throws ActionNeededException {
        return host.platform()
                .orElseThrow(() -> new ActionNeededException("This machine (" + host.osName() + ", " + host.osArch()
                        + ") is none of the platforms that are delivered. Name one that its"
                        + " toolchain can compile for in " + Parameter.PLATFORMS + "."));
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
