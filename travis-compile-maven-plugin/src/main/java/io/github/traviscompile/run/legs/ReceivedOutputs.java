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

/** What has arrived from each leg of a run: files, what the leg says of itself, and why it failed. Thread-safe. */
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

    /** Everything {@code leg} owes, if it is all here and nothing contradicts it. */
    Optional<FinishedLeg> finished(Leg leg, Duration compileTime) {
        return of(leg.id()).finished(compileTime);
    }

    /** Why {@code leg} failed, as it said itself or as the endpoint saw it; no sentence, and perhaps several lines. */
    Optional<String> reason(Leg leg) {
        return of(leg.id()).reason();
    }

    /** Whether something contradicts what {@code leg} delivered, perhaps after it was whole. */
    boolean isSpoilt(Leg leg) {
        return of(leg.id()).isSpoilt();
    }

    /** Completes when the leg says that it failed or something spoils what it delivered; with how it ended, then. */
    CompletableFuture<LegExit> saidFailed(Leg leg) {
        return of(leg.id()).failed;
    }

    /** The names of the files that {@code leg} still owes. */
    List<String> owed(Leg leg) {
        return of(leg.id()).owed();
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
        private boolean spoilt;

        private OfLeg(Leg leg) {
            this.leg = leg;
        }

        /** Tells others of a failure only when it is recorded and the lock is free. */
        private void accept(UploadEvent event) {
            record(event).ifPresent(failed::complete);
        }

        private synchronized Optional<LegExit> record(UploadEvent event) {
            if (event instanceof UploadEvent.LegReport progress) {
                tell(progress);
                if (progress.phase() == UploadEvent.Phase.FAILED) {
                    reason = Optional.of(firstError(progress));
                    return Optional.of(exit(progress));
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
                spoil(conflict.output().fileName() + " was delivered twice with different content ("
                        + conflict.committed() + " and " + conflict.announced()
                        + "), so somebody else has this leg's key");
            } else if (event instanceof UploadEvent.OverCap overCap) {
                spoil(overCap.output().fileName() + " has " + overCap.announced() + " bytes, more than the "
                        + overCap.output().maxBytes() + " that are taken");
            } else if (event instanceof UploadEvent.NoRoom noRoom) {
                spoil(noRoom.output().fileName() + " could not be stored: " + noRoom.reason());
            }
            return spoilt ? Optional.of(LegExit.REFUSED) : Optional.empty();
        }

        private static LegExit exit(UploadEvent.LegReport progress) {
            String status = progress.fields().getOrDefault("status", "");
            return status.matches("\\d{1,3}") ? LegExit.ofStatus(Integer.parseInt(status)) : LegExit.BUILD_FAILED;
        }

        /** That it failed is told with the verdict on it. */
        private void tell(UploadEvent.LegReport progress) {
            if (!isNews(progress.phase())) {
                return;
            }
            switch (progress.phase()) {
                case STARTED, TOOLCHAIN ->
                    listener.moved(leg, LegPhase.SETTING_UP, progress.fields().getOrDefault("step", ""));
                case COMPILING -> compiling(progress.fields());
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
            if (isNews(UploadEvent.Phase.UPLOADING)) {
                listener.moved(leg, LegPhase.UPLOADING, output.fileName(), received, size);
            }
        }

        /** Requests overtake each other: what arrives of a phase that is over is not told any more. */
        private boolean isNews(UploadEvent.Phase phase) {
            if (phase.compareTo(reached) < 0) {
                return false;
            }
            reached = phase;
            return true;
        }

        private void spoil(String why) {
            spoilt = true;
            reason = Optional.of(why);
        }

        private synchronized Optional<FinishedLeg> finished(Duration compileTime) {
            if (spoilt || files.size() < leg.outputs().size()) {
                return Optional.empty();
            }
            List<FinishedLeg.File> inOrder = new ArrayList<>();
            leg.outputs().forEach(output -> inOrder.add(Objects.requireNonNull(files.get(output))));
            return Optional.of(FinishedLeg.of(inOrder, details, compileTime, clock.instant()));
        }

        private synchronized boolean isSpoilt() {
            return spoilt;
        }

        private synchronized Optional<String> reason() {
            return reason;
        }

        private synchronized List<String> owed() {
            return leg.outputs().stream()
                    .filter(output -> !files.containsKey(output))
                    .map(Output::fileName)
                    .toList();
        }

        /** The text begins with the first error as the compiler prints it; the end of the log follows. */
        private static String firstError(UploadEvent.LegReport progress) {
            String lines = progress.fields().getOrDefault("error_lines", "");
            return lines.matches("\\d{1,6}")
                    ? progress.text().lines().limit(Long.parseLong(lines)).collect(Collectors.joining("\n"))
                    : progress.text();
        }
    }
}
