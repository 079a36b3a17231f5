package io.github.traviscompile.run.remote;

import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.api.CiProviders;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The content of a run's journal: lines of UTF-8, a first one with the format, then one {@code key value} each, with
 * unique keys. Holds no secret.
 *
 * @param pushed the branch and commit to be pushed
 * @param pullRequest whether a pull request was to be opened
 * @param number its number, if the run received it
 * @param builds the services with expected builds
 */
record JournalContent(
        RunId run,
        RepositoryName repository,
        URI githubApi,
        Optional<Pushed> pushed,
        boolean pullRequest,
        OptionalInt number,
        List<Awaited> builds) {

    static final String FORMAT = "travis-compile-journal 1";
    static final String REPOSITORY = "repository";
    static final String GITHUB = "github-api";
    static final String BRANCH = "branch";
    static final String OPENING = "opening";
    static final String PULL_REQUEST = "pull-request";

    /** The prefix of a service's id. */
    static final String BUILDS = "builds-";

    private static final List<String> KEYS = List.of(REPOSITORY, GITHUB, BRANCH, OPENING, PULL_REQUEST);

    record Pushed(BranchName branch, CommitId commit) {}

    /** @param pullRequest whether the pull request starts the build, or the push alone */
    record Awaited(Service service, URI api, boolean pullRequest) {

        private static final String BY_PULL_REQUEST = "pull-request";
        private static final String BY_PUSH = "push";

        Awaited {
            requireNoSecret(api);
        }

        static Awaited parse(String service, String value) {
            String[] words = words(value, " ");
            if (!words[1].equals(BY_PULL_REQUEST) && !words[1].equals(BY_PUSH)) {
                throw new IllegalArgumentException("Nothing that starts builds: '" + words[1] + "'.");
            }
            return new Awaited(
                    CiProviders.ofId(service)
                            .orElseThrow(() -> new IllegalArgumentException("No service: '" + service + "'.")),
                    URI.create(words[0]),
                    words[1].equals(BY_PULL_REQUEST));
        }

        @Override
        public String toString() {
            return api + " " + (pullRequest ? BY_PULL_REQUEST : BY_PUSH);
        }
    }

    JournalContent {
        builds = List.copyOf(builds);
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
     * Reads a journal. A last line without its end is ignored: the run ended before the action that the line announces.
     *
     * @return empty if it is not a journal of this format
     */
    static Optional<JournalContent> parse(RunId run, String text) {
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String key = line.replaceFirst(" .*", "");
            if (!(KEYS.contains(key) || key.startsWith(BUILDS))
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

    private static Optional<JournalContent> of(RunId run, Map<String, String> values) {
        @Nullable String repository = values.get(REPOSITORY);
        @Nullable String github = values.get(GITHUB);
        if (repository == null || github == null) {
            return Optional.empty();
        }
        String[] name = words(repository, "/");
        @Nullable String number = values.get(PULL_REQUEST);
        return Optional.of(new JournalContent(
                run,
                new RepositoryName(name[0], name[1]),
                URI.create(github),
                Optional.ofNullable(values.get(BRANCH)).map(JournalContent::pushed),
                number != null || values.containsKey(OPENING),
                number == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number)),
                awaited(values)));
    }

    private static Pushed pushed(String value) {
        String[] words = words(value, " ");
        return new Pushed(
                BranchName.parse(words[0])
                        .orElseThrow(() -> new IllegalArgumentException("Not a temporary branch: '" + value + "'.")),
                new CommitId(words[1]));
    }

    private static List<Awaited> awaited(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(line -> line.getKey().startsWith(BUILDS))
                .sorted(Map.Entry.comparingByKey())
                .map(line -> Awaited.parse(line.getKey().substring(BUILDS.length()), line.getValue()))
                .toList();
    }

    private static String[] words(String value, String between) {
        String[] words = value.split(between, -1);
        if (words.length != 2) {
            throw new IllegalArgumentException("Not two words: '" + value + "'.");
        }
        return words;
    }
}
