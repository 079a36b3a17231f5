package io.github.traviscompile.build;

import io.github.traviscompile.ci.travis.TravisEvent;
import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.github.RepositoryName;
import io.github.traviscompile.platform.CommitId;
import io.github.traviscompile.platform.RunId;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a run's journal says: lines of UTF-8, a first one that names the format, then one {@code key value} each, no key
 * twice. Holds no secret.
 *
 * @param pushed what was to be pushed
 * @param pullRequest whether a pull request was to be opened
 * @param number of that pull request, if its run lived to learn it
 * @param builds where builds were to be expected
 */
record RunRecord(
        RunId run,
        RepositoryName repository,
        URI githubApi,
        Optional<Pushed> pushed,
        boolean pullRequest,
        OptionalInt number,
        Optional<Awaited> builds) {

    static final String FORMAT = "travis-compile-journal 1";
    static final String REPOSITORY = "repository";
    static final String GITHUB = "github-api";
    static final String BRANCH = "branch";
    static final String OPENING = "opening";
    static final String PULL_REQUEST = "pull-request";
    static final String BUILDS = "builds";

    private static final List<String> KEYS = List.of(REPOSITORY, GITHUB, BRANCH, OPENING, PULL_REQUEST, BUILDS);

    record Pushed(BranchName branch, CommitId commit) {}

    record Awaited(URI travisApi, TravisEvent event) {

        Awaited {
            requireNoSecret(travisApi);
        }

        @Override
        public String toString() {
            return travisApi + " " + event.name().toLowerCase(Locale.ROOT);
        }
    }

    RunRecord {
        requireNoSecret(githubApi);
        if (pushed.isPresent() && !pushed.get().branch().run().equals(run)) {
            throw new IllegalArgumentException("A branch of another run than " + run + ".");
        }
    }

    static void requireNoSecret(URI url) {
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null) {
            throw new IllegalArgumentException("Not a URL without user and query: '" + url.getHost() + "'.");
        }
    }

    /**
     * Reads a journal. A last line without its end was torn by the end of its run, which had not yet done what it says.
     *
     * @return nothing if it is no journal of this format
     */
    static Optional<RunRecord> parse(RunId run, String text) {
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String key = line.replaceFirst(" .*", "");
            if (!KEYS.contains(key)
                    || key.length() == line.length()
                    || values.put(key, line.substring(key.length() + 1)) != null) {
                return Optional.empty();
            }
        }
        try {
            return of(run, values);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<RunRecord> of(RunId run, Map<String, String> values) {
        @Nullable String repository = values.get(REPOSITORY);
        @Nullable String github = values.get(GITHUB);
        if (repository == null || github == null) {
            return Optional.empty();
        }
        String[] name = words(repository, "/");
        @Nullable String number = values.get(PULL_REQUEST);
        return Optional.of(new RunRecord(
                run,
                new RepositoryName(name[0], name[1]),
                URI.create(github),
                Optional.ofNullable(values.get(BRANCH)).map(RunRecord::pushed),
                number != null || values.containsKey(OPENING),
                number == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number)),
                Optional.ofNullable(values.get(BUILDS)).map(RunRecord::awaited)));
    }

    private static Pushed pushed(String value) {
        String[] words = words(value, " ");
        return new Pushed(
                BranchName.parse(words[0])
                        .orElseThrow(() -> new IllegalArgumentException("Not a temporary branch: '" + value + "'.")),
                new CommitId(words[1]));
    }

    private static Awaited awaited(String value) {
        String[] words = words(value, " ");
        return new Awaited(URI.create(words[0]), TravisEvent.valueOf(words[1].toUpperCase(Locale.ROOT)));
    }

    private static String[] words(String value, String between) {
        String[] words = value.split(between, -1);
        if (words.length != 2) {
            throw new IllegalArgumentException("Not two words: '" + value + "'.");
        }
        return words;
    }
}
