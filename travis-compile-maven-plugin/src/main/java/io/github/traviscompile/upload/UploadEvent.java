package io.github.traviscompile.upload;

import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Sha256;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Something that a leg did, told after its request was authenticated. Sizes are in bytes of plain text. */
public sealed interface UploadEvent {

    /** The id of the leg. */
    String leg();

    /** How far a leg has come, in its own words and in this order. */
    enum Phase {
        STARTED,
        TOOLCHAIN,
        COMPILING,
        UPLOADING,
        DONE,
        FAILED
    }

    /**
     * The leg reports.
     *
     * @param fields its {@code key=value} lines
     * @param text free text, a log's tail for example: printable characters, LF and TAB only
     */
    record LegReport(String leg, Phase phase, SortedMap<String, String> fields, String text) implements UploadEvent {
        public LegReport {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }
    }

    /**
     * A file is announced, for the first time or again.
     *
     * @param received how much of it is here already
     */
    record Begun(String leg, Output output, long size, long received) implements UploadEvent {}

    /** A chunk is stored. */
    record Received(String leg, Output output, long size, long received) implements UploadEvent {}

    /**
     * A file is complete and lies in the inbox. Told once per output.
     *
     * @param details what the leg says of it, {@code tree}, {@code job} and {@code rustc} for example; unverified
     */
    record Committed(String leg, Output output, Path file, long size, Sha256 sha256, SortedMap<String, String> details)
            implements UploadEvent {
        public Committed {
            details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
        }
    }

    /** Another file was announced after one was committed: two jobs hold the same key, and the run must fail. */
    record Conflict(String leg, Output output, Sha256 committed, Sha256 announced) implements UploadEvent {}

    /** A file larger than the plan allows was announced and refused. */
    record OverCap(String leg, Output output, long announced) implements UploadEvent {}

    /** A file could not be stored: the run's quota is used up, or the disk is full or failing. */
    record NoRoom(String leg, Output output, String reason) implements UploadEvent {}
}
