package io.github.traviscompile.ci;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A job's raw log from the service, with colours, folds and lines that overwrite each other. */
public record JobLog(String text) {

    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
    private static final Pattern MARKS = Pattern.compile("travis_(fold|time):\\S*\\s*");

    /** The start of AppVeyor's and GitHub Actions' lines. */
    private static final String STAMP =
            "^(?:\\[\\d\\d:\\d\\d:\\d\\d\\] |\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z ?)?";

    private static final Pattern STAMPS = Pattern.compile(STAMP);

    /** The exit status in the formats of Travis CI, of GitHub Actions, and of AppVeyor. */
    private static final Pattern EXITED = Pattern.compile(
            "(?:The command \"[^\"\\n]*" + LegFiles.SCRIPT + "[^\"\\n]*\" exited with"
                    + "|##\\[error\\]Process completed with exit code) (\\d{1,3})\\.|" + STAMP
                    + "Command exited with code (\\d{1,3})\\s*$",
            Pattern.MULTILINE);

    /** The last lines that travis-ci/travis-build, actions/runner and AppVeyor's build agent write. */
    private static final Pattern LAST = Pattern.compile(
            "Done\\. Your build exited with |Cleaning up orphan processes|" + STAMP
                    + "Build (?:success|completed|failed)\\s*$",
            Pattern.MULTILINE);

    /** Precedes the first error of a leg that has no endpoint to report it to. */
    private static final Pattern ERROR_LINES = Pattern.compile("tcmp1 error_lines=(\\d{1,4})");

    /** The log's evidence on a received output. */
    public enum LogEvidence {
        /** Exactly one line names the output, and it is the expected one. */
        CONFIRMED,
        /** No line names it: the log is late or truncated, or the service masked the line. */
        SILENT,
        /** Another line names it, or the expected line appears twice: another job sent the file. */
        CONTRADICTED
    }

    /** Compares a received output with the line {@code tcmp1 …} that {@code leg.sh} prints for each delivery. */
    public LogEvidence verdict(RunId run, Leg leg, Output output, Sha256 sha256, long size) {
        return verdict(run, leg, output.id(), sha256, size);
    }

    /** Compares another received file, such as {@link LegFiles#DETAILS}, with its line in the log. */
    public LogEvidence verdict(RunId run, Leg leg, String output, Sha256 sha256, long size) {
        String subject = "tcmp1 run=" + run + " leg=" + leg.id() + " output=" + output + " ";
        List<String> lines = lines().filter(line -> line.startsWith(subject)).toList();
        if (lines.isEmpty()) {
            return LogEvidence.SILENT;
        }
        return lines.equals(List.of(subject + "sha256=" + sha256 + " size=" + size))
                ? LogEvidence.CONFIRMED
                : LogEvidence.CONTRADICTED;
    }

    /** Whether the service has written its last line. */
    public boolean isWhole() {
        return LAST.matcher(text).find();
    }

    /** Returns the script's exit, by the service's line about it. */
    public Optional<LegExit> exit() {
        Matcher ended = EXITED.matcher(text);
        if (!ended.find()) {
            return Optional.empty();
        }
        @Nullable String travis = ended.group(1);
        return Optional.of(LegExit.ofStatus(Integer.parseInt(travis == null ? ended.group(2) : travis)));
    }

    /** Returns the first error that the script printed for lack of an endpoint; empty if it printed none. */
    public Optional<String> firstError() {
        List<String> lines = lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            Matcher begin = ERROR_LINES.matcher(lines.get(at));
            if (begin.matches()) {
                int end = Math.min(lines.size(), at + 1 + Integer.parseInt(begin.group(1)));
                return Optional.of(String.join("\n", lines.subList(at + 1, end)));
            }
        }
        return Optional.empty();
    }

    /** Returns the last {@code count} lines that are not blank, joined by line feeds. */
    public String tail(int count) {
        List<String> lines = lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    private Stream<String> lines() {
        return text.lines()
                .map(line -> ESCAPES.matcher(line).replaceAll(""))
                .map(line -> MARKS.matcher(line).replaceAll(""))
                .map(line -> STAMPS.matcher(line).replaceFirst("").stripTrailing());
    }
}
