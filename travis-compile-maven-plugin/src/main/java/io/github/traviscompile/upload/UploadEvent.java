package io.github.traviscompile.upload;

import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Sha256;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** An action of a leg, reported after its request was authenticated. Sizes are in bytes of plain text. */
public sealed interface UploadEvent {

    /** Returns the id of the leg. */
    String leg();

    /** A leg's phases in order, named as on the wire. */
    enum Phase {
        STARTED,
        TOOLCHAIN,
        COMPILING,
        UPLOADING,
        DONE,
        FAILED
    }

    /**
     * The leg reports its phase.
     *
     * @param fields its {@code key=value} lines
     * @param text free text, such as the end of a log: printable characters, LF and TAB only
     */
    record LegReport(String leg, Phase phase, SortedMap<String, String> fields, String text) implements UploadEvent {
        public LegReport {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }
    }

    /**
     * The leg announces a file, for the first time or again.
     *
     * @param received bytes stored already
     */
    record Begun(String leg, Output output, long size, long received) implements UploadEvent {}

    /** A chunk was stored. */
    record Received(String leg, Output output, long size, long received) implements UploadEvent {}

    /**
     * A file is complete and in the storage. Reported once per output.
     *
     * @param details the leg's statements about it, such as {@code tree}, {@code job} and {@code rustc}; unverified
     */
    record Committed(String leg, Output output, Path file, long size, Sha256 sha256, SortedMap<String, String> details)
            implements UploadEvent {
        public Committed {
            details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
        }
    }

    /** The leg announced another file after one was committed: two jobs hold the same key, and the run must fail. */
    record Conflict(String leg, Output output, Sha256 committed, Sha256 announced) implements UploadEvent {}

    /** The leg announced a file larger than the plan allows, and was refused. */
    record OverCap(String leg, Output output, long announced) implements UploadEvent {}

    /** A file could not be stored: the run's quota is used up, or the disk is full or failing. */
    record NoRoom(String leg, Output output, String reason) implements UploadEvent {}
}
