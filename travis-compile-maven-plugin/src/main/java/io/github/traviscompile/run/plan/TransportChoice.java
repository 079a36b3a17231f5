package io.github.traviscompile.run.plan;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Suggestion;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How hosted legs deliver.
 *
 * @param reason a sentence that says why, where the user did not choose it; else empty
 */
public record TransportChoice(Way way, String reason) {

    /** The words of the parameter {@code delivery}. */
    public enum Way {
        /** Legs upload to the endpoint of this machine. */
        TUNNEL,
        /** Legs leave their files to GitHub. */
        ARTIFACTS;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Parameter PARAMETER = Parameter.DELIVERY;

    private static final String WITHOUT_TUNNEL =
            "No tunnel is configured, neither by " + Parameter.TUNNEL + " nor by an authtoken of ngrok, and all"
                    + " hosted legs are on GitHub Actions: they leave their files there as artifacts of their run, as by"
                    + " " + Parameter.DELIVERY.setTo("artifacts") + ".";

    /**
     * What the user says, or what goes without a tunnel where she has none.
     *
     * @param legs of the plan
     */
    static TransportChoice of(CrossCompileRequest.Hosting hosting, List<Leg> legs) throws ActionNeededException {
        Optional<Way> said = hosting.delivery().isPresent()
                ? Optional.of(way(hosting.delivery().get()))
                : Optional.empty();
        List<Leg> hosted =
                legs.stream().filter(leg -> leg.service() != Service.LOCAL).toList();
        List<Leg> elsewhere = hosted.stream()
                .filter(leg -> leg.service() != Service.GITHUB_ACTIONS)
                .toList();
        if (said.equals(Optional.of(Way.ARTIFACTS)) && !elsewhere.isEmpty()) {
            throw new ActionNeededException(PARAMETER + " is artifacts, which only GitHub Actions keeps, but other"
                    + " services compile these legs: "
                    + elsewhere.stream()
                            .map(leg -> leg.id() + " (" + leg.service() + ")")
                            .collect(Collectors.joining(", "))
                    + ". Set " + Parameter.CI + " to github-actions for them, or <delivery>tunnel</delivery>.");
        }
        if (said.isPresent()) {
            return new TransportChoice(said.get(), "");
        }
        return hosting.tunnel().isEmpty() && elsewhere.isEmpty() && !hosted.isEmpty()
                ? new TransportChoice(Way.ARTIFACTS, WITHOUT_TUNNEL)
                : new TransportChoice(Way.TUNNEL, "");
    }

    /** Those whose files can come to this machine, in a new set. */
    public Set<Service> services() {
        return switch (way) {
            case TUNNEL -> EnumSet.allOf(Service.class);
            case ARTIFACTS -> EnumSet.of(Service.GITHUB_ACTIONS);
        };
    }

    /** What it is and why, without a full stop where no reason is given. */
    public String inWords() {
        return switch (way) {
                    case TUNNEL -> "by uploads through a tunnel";
                    case ARTIFACTS -> "by artifacts of GitHub Actions, without a tunnel";
                }
                + (reason.isEmpty() ? "" : ". " + reason);
    }

    private static Way way(String word) throws ActionNeededException {
        return Arrays.stream(Way.values())
                .filter(way -> way.id().equals(word))
                .findFirst()
                .orElseThrow(() -> new ActionNeededException("There is no delivery '" + word + "', as " + PARAMETER
                        + " says. "
                        + Suggestion.of(
                                word, Arrays.stream(Way.values()).map(Way::id).toList())));
    }
}
