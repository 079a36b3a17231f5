package io.github.traviscompile.run.legs;

import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.upload.UploadEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The received outputs of each leg of a run, its reports, and its failure. Thread-safe. */
public final class ReceivedOutputs implements Consumer<UploadEvent> {

    private final Map<String, OfLeg> legs = new HashMap<>();
    private final EventPublisher listener;
    private final InstantSource clock;

    public ReceivedOutputs(List<Leg> legs, EventPublisher listener, InstantSource clock) {
        legs.forEach(leg -> this.legs.put(leg.id(), new OfLeg(leg)));
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void accept(UploadEvent event) {
        of(event.leg()).accept(event);
    }

    /** Returns all outputs of {@code leg}, if they are complete and nothing contradicts them. */
    Optional<FinishedLeg> finished(Leg leg, Duration compileTime) {
        return of(leg.id()).finished(compileTime);
    }

    /**
     * Returns the failure of {@code leg}, from its report or from the endpoint; not a sentence, possibly several lines.
     */
    Optional<String> reason(Leg leg) {
        return of(leg.id()).reason();
    }

    /** Returns whether something contradicts the outputs of {@code leg}, even after they were complete. */
    boolean isInvalid(Leg leg) {
        return of(leg.id()).isInvalid();
    }

    /** Completes with the leg's exit when it reports a failure or its outputs become invalid. */
    CompletableFuture<LegExit> failure(Leg leg) {
        return of(leg.id()).failed;
    }

    /** Returns the names of the outputs that {@code leg} has not delivered. */
    List<String> missing(Leg leg) {
        return of(leg.id()).missing();
    }

    private OfLeg of(String leg) {
        return Objects.requireNonNull(legs.get(leg), leg);
    }

    private final class OfLeg {

        private final Leg leg;
        private final Map<Output, FinishedLeg.File> files = new HashMap<>();
        private final SortedMap<String, String> details = new TreeMap<>();
        private UploadEvent.Phase reached = UploadEvent.Phase.STARTED;
        private Optional<String> reason = Optional.empty();
        private final CompletableFuture<LegExit> failed = new CompletableFuture<>();
        private boolean invalid;

        private OfLeg(Leg leg) {
            this.leg = leg;
        }

        /** Completes the failure only after recording it and without holding the lock. */
        private void accept(UploadEvent event) {
            record(event).ifPresent(failed::complete);
        }

        private synchronized Optional<LegExit> record(UploadEvent event) {
            if (event instanceof UploadEvent.LegReport report) {
                publish(report);
                if (report.phase() == UploadEvent.Phase.FAILED) {
                    reason = Optional.of(firstError(report));
                    return Optional.of(exit(report));
                }
            } else if (event instanceof UploadEvent.Begun begun) {
                uploading(begun.output(), begun.received(), begun.size());
            } else if (event instanceof UploadEvent.Received received) {
                uploading(received.output(), received.received(), received.size());
            } else if (event instanceof UploadEvent.Committed committed) {
                files.put(
                        committed.output(),
                        new FinishedLeg.File(
                                committed.output(), committed.file(), committed.size(), committed.sha256()));
                details.putAll(committed.details());
            } else if (event instanceof UploadEvent.Conflict conflict) {
                invalidate(conflict.output().fileName() + " was delivered twice with different content ("
                        + conflict.committed() + " and " + conflict.announced()
                        + "), so somebody else has this leg's key");
            } else if (event instanceof UploadEvent.OverCap overCap) {
                invalidate(overCap.output().fileName() + " has " + overCap.announced() + " bytes, more than the "
                        + overCap.output().maxBytes() + " that are taken");
            } else if (event instanceof UploadEvent.NoRoom noRoom) {
                invalidate(noRoom.output().fileName() + " could not be stored: " + noRoom.reason());
            }
            return invalid ? Optional.of(LegExit.REFUSED) : Optional.empty();
        }

        private static LegExit exit(UploadEvent.LegReport report) {
            String status = report.fields().getOrDefault("status", "");
            return status.matches("\\d{1,3}") ? LegExit.ofStatus(Integer.parseInt(status)) : LegExit.BUILD_FAILED;
        }

        /** Publishes a report; {@link LegAwaiter} publishes failures. */
        private void publish(UploadEvent.LegReport report) {
            if (!isCurrent(report.phase())) {
                return;
            }
            switch (report.phase()) {
                case STARTED, TOOLCHAIN ->
                    listener.moved(leg, LegPhase.SETTING_UP, report.fields().getOrDefault("step", ""));
                case COMPILING -> compiling(report.fields());
                case DONE -> listener.moved(leg, LegPhase.DELIVERED);
                case UPLOADING, FAILED -> {}
            }
        }

        private void compiling(SortedMap<String, String> fields) {
            String crate = fields.getOrDefault("crate", "");
            String count = fields.getOrDefault("count", "");
            if (count.matches("\\d{1,9}")) {
                listener.moved(leg, LegPhase.COMPILING, crate, Long.parseLong(count), 0);
            } else {
                listener.moved(leg, LegPhase.COMPILING, crate);
            }
        }

        private void uploading(Output output, long received, long size) {
            if (isCurrent(UploadEvent.Phase.UPLOADING)) {
                listener.moved(leg, LegPhase.UPLOADING, output.fileName(), received, size);
            }
        }

        /**
         * Returns whether a report is current. Requests overtake each other, so reports of an earlier phase are
         * dropped.
         */
        private boolean isCurrent(UploadEvent.Phase phase) {
            if (phase.compareTo(reached) < 0) {
                return false;
            }
            reached = phase;
            return true;
        }

        private void invalidate(String why) {
            invalid = true;
            reason = Optional.of(why);
        }

        private synchronized Optional<FinishedLeg> finished(Duration compileTime) {
            if (invalid || files.size() < leg.outputs().size()) {
                return Optional.empty();
            }
            List<FinishedLeg.File> inOrder = new ArrayList<>();
            leg.outputs().forEach(output -> inOrder.add(Objects.requireNonNull(files.get(output))));
            return Optional.of(FinishedLeg.of(inOrder, details, compileTime, clock.instant()));
        }

        private synchronized boolean isInvalid() {
            return invalid;
        }

        private synchronized Optional<String> reason() {
            return reason;
        }

        private synchronized List<String> missing() {
            return leg.outputs().stream()
                    .filter(output -> !files.containsKey(output))
                    .map(Output::fileName)
                    .toList();
        }

        /** Returns the compiler's first error; the end of the log follows it in the text. */
        private static String firstError(UploadEvent.LegReport report) {
            String lines = report.fields().getOrDefault("error_lines", "");
            return lines.matches("\\d{1,6}")
                    ? report.text().lines().limit(Long.parseLong(lines)).collect(Collectors.joining("\n"))
                    : report.text();
        }
    }
}
