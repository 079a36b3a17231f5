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

/** The hosted services that there are. A service more is a line of this list and its package. */
public final class CiProviders {

    private static final List<CiProvider> ALL =
            List.of(new TravisProvider(), new ActionsProvider(), new AppVeyorProvider());

    /** The order of services in messages and where one after the other is asked. */
    public static final Comparator<Service> ORDER = Comparator.comparing(places()::indexOf);

    private CiProviders() {}

    /** The hosted ones, in their order. */
    public static List<CiProvider> all() {
        return ALL;
    }

    /** The hosted ones and, at the end, this machine. */
    public static List<Service> places() {
        return Stream.concat(ALL.stream().map(CiProvider::service), Stream.of(Service.LOCAL))
                .toList();
    }

    /** The place whose id is {@code word}. */
    public static Optional<Service> ofId(String word) {
        return places().stream().filter(place -> place.id().equals(word)).findFirst();
    }

    /**
     * The descriptor of a hosted service.
     *
     * @throws IllegalArgumentException for this machine
     */
    public static CiProvider of(Service service) {
        return find(service).orElseThrow(() -> new IllegalArgumentException("No hosted service: " + service + "."));
    }

    /** Whether {@code service} is hosted, and {@code property} holds for it. */
    public static boolean is(Service service, Predicate<CiProvider> property) {
        return find(service).filter(property).isPresent();
    }

    private static Optional<CiProvider> find(Service service) {
        return ALL.stream()
                .filter(provider -> provider.service().equals(service))
                .findFirst();
    }

    /** The hosted services that are considered for {@code platform}, the preferred one first. */
    public static List<Service> ranked(Platform platform) {
        return ALL.stream()
                .filter(provider -> provider.rank(platform).isPresent())
                .sorted(Comparator.comparing(provider -> provider.rank(platform).orElseThrow()))
                .map(CiProvider::service)
                .toList();
    }

    /** As {@link CiProvider#unsupportedReason}, for this machine too. */
    public static Optional<String> unsupportedReason(Service service, Platform platform, CiSettings settings)
            throws CrossCompileException {
        return service.isLocal()
                ? LocalToolchain.unsupportedReason(platform)
                : of(service).unsupportedReason(platform, settings);
    }

    /**
     * The services that the user has a token for.
     *
     * @param hasToken whether there is one, by the parameter that names its server in settings.xml and by its environment
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

    /** The titles of those for which {@code property} holds. */
    public static String titles(Predicate<CiProvider> property) {
        return ALL.stream()
                .filter(property)
                .map(provider -> provider.service().title())
                .collect(Collectors.joining(" or "));
    }
}
