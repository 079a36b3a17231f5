package io.github.traviscompile.run.api;

import io.github.traviscompile.ci.CiProvider;
import io.github.traviscompile.ci.CiSettings;
import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of all hosted services. A new service adds its package and a line here. */
public final class CiProviders {

    private static final List<CiProvider> ALL =
            List.of(new TravisProvider(), new ActionsProvider(), new AppVeyorProvider());

    /** The order of services in messages and in sequences of requests. */
    public static final Comparator<Service> ORDER = Comparator.comparing(places()::indexOf);

    private CiProviders() {}

    /** Returns the hosted services, in their order. */
    public static List<CiProvider> all() {
        return ALL;
    }

    /** Returns the hosted services and, at the end, this machine. */
    public static List<Service> places() {
        return Stream.concat(ALL.stream().map(CiProvider::service), Stream.of(Service.LOCAL))
                .toList();
    }

    /** Finds the service with the id {@code word}. */
    public static Optional<Service> ofId(String word) {
        return places().stream().filter(place -> place.id().equals(word)).findFirst();
    }

    /**
     * Returns the descriptor of a hosted service.
     *
     * @throws IllegalArgumentException for this machine
     */
    public static CiProvider of(Service service) {
        return find(service).orElseThrow(() -> new IllegalArgumentException("No hosted service: " + service + "."));
    }

    /** Returns whether {@code service} is hosted and {@code property} holds for it. */
    public static boolean is(Service service, Predicate<CiProvider> property) {
        return find(service).filter(property).isPresent();
    }

    private static Optional<CiProvider> find(Service service) {
        return ALL.stream()
                .filter(provider -> provider.service().equals(service))
                .findFirst();
    }

    /** Returns the hosted services that may compile {@code platform}, the preferred one first. */
    public static List<Service> ranked(Platform platform) {
        return ALL.stream()
                .filter(provider -> provider.rank(platform).isPresent())
                .sorted(Comparator.comparing(provider -> provider.rank(platform).orElseThrow()))
                .map(CiProvider::service)
                .toList();
    }

    /** Returns {@link CiProvider#unsupportedReason}, for this machine too. */
    public static Optional<String> unsupportedReason(Service service, Platform platform, CiSettings settings)
            throws CrossCompileException {
        return service.isLocal()
                ? LocalToolchain.unsupportedReason(platform)
                : of(service).unsupportedReason(platform, settings);
    }

    /**
     * Returns the services that the user has a token for, and those that need none.
     *
     * @param hasToken whether a token exists, by the parameter for its server in settings.xml and its environment
     *     variable
     */
    public static Set<Service> accounts(BiPredicate<Parameter, String> hasToken) {
        return ALL.stream()
                .filter(provider -> provider.token()
                        .map(token -> hasToken.test(token.serverId(), token.variable()))
                        .orElse(true))
                .map(CiProvider::service)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Joins the titles of the services for which {@code property} holds. */
    public static String titles(Predicate<CiProvider> property) {
        return ALL.stream()
                .filter(property)
                .map(provider -> provider.service().title())
                .collect(Collectors.joining(" or "));
    }
}
