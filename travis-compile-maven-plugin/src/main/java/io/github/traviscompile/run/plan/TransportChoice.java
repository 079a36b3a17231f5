package io.github.traviscompile.run.plan;

import io.github.traviscompile.ci.CiProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.TransportKind;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.tunnel.TunnelAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The transport of hosted legs' files.
 *
 * @param reason a sentence that says why, where the user did not choose it; else empty
 */
public record TransportChoice(TransportKind kind, String reason) {

    private static final Parameter PARAMETER = Parameter.DELIVERY;

    private static final String KEEPERS = CiProviders.titles(CiProvider::keepsArtifacts);

    private static final String WITHOUT_TUNNEL = "No tunnel is configured, neither by " + Parameter.TUNNEL
            + " nor by an authtoken of ngrok, and all"
            + " hosted legs are on " + KEEPERS + ": they leave their files there as artifacts of their run, as by"
            + " " + Parameter.DELIVERY.setTo("artifacts") + ".";

    /**
     * Returns the transport that the request names, or one without a tunnel where the request has none.
     *
     * @param legs of the plan
     */
    static TransportChoice of(CrossCompileRequest.Hosting hosting, List<Leg> legs) throws ActionNeededException {
        Optional<TransportKind> said = hosting.delivery();
        List<Leg> hosted = legs.stream().filter(leg -> !leg.service().isLocal()).toList();
        List<Leg> elsewhere = hosted.stream()
                .filter(leg -> !CiProviders.is(leg.service(), CiProvider::keepsArtifacts))
                .toList();
        if (said.equals(Optional.of(TransportKind.ARTIFACTS)) && !elsewhere.isEmpty()) {
            throw new ActionNeededException(PARAMETER + " is artifacts, which only " + KEEPERS + " keeps, but other"
                    + " services compile these legs: "
                    + elsewhere.stream()
                            .map(leg -> leg.id() + " (" + leg.service() + ")")
                            .collect(Collectors.joining(", "))
                    + ". Set " + Parameter.CI + " to "
                    + keepers().map(Service::id).collect(Collectors.joining(" or "))
                    + " for them, or <delivery>tunnel</delivery>.");
        }
        if (said.isEmpty() && hosting.tunnel().isEmpty() && elsewhere.isEmpty() && !hosted.isEmpty()) {
            return new TransportChoice(TransportKind.ARTIFACTS, WITHOUT_TUNNEL);
        }
        TransportChoice choice = new TransportChoice(said.orElse(TransportKind.TUNNEL), "");
        if (choice.kind() == TransportKind.TUNNEL && !hosted.isEmpty()) {
            requirePort(hosting);
        }
        return choice;
    }

    /** Fails if the port is missing to which a tunnel address of the user's own leads. */
    private static void requirePort(CrossCompileRequest.Hosting hosting) throws ActionNeededException {
        if (hosting.tunnel().orElse(null) instanceof TunnelAddress.Fixed
                && hosting.receiverPort().isEmpty()) {
            throw new ActionNeededException(Parameter.TUNNEL + " is an address of your own, but to which"
                    + " port of this machine it leads is not said. Name the port in " + Parameter.RECEIVER_PORT
                    + ", or use another tunnel.");
        }
    }

    /** Those whose files can come to this machine, in a new set. */
    public Set<Service> services() {
        return switch (kind) {
            case TUNNEL -> new HashSet<>(CiProviders.places());
            case ARTIFACTS -> keepers().collect(Collectors.toCollection(HashSet::new));
        };
    }

    private static Stream<Service> keepers() {
        return CiProviders.all().stream().filter(CiProvider::keepsArtifacts).map(CiProvider::service);
    }

    /** Returns the transport and, where the user did not choose it, why in a few words; no full stop at the end. */
    public String inWords() {
        return switch (kind) {
                    case TUNNEL -> "by uploads through a tunnel";
                    case ARTIFACTS -> "by artifacts of " + KEEPERS + ", without a tunnel";
                }
                + (reason.isEmpty()
                        ? ""
                        : ": neither " + Parameter.TUNNEL.element() + " nor an authtoken of ngrok is set");
    }
}
