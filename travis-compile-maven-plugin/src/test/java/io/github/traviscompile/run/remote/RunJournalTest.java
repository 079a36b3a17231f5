package io.github.traviscompile.run.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunJournalTest {

    private static final RunId RUN = new RunId("0123456789abcdef0123456789abcdef");
    private static final RepositoryName REPOSITORY = new RepositoryName("alice", "builds");
    private static final URI GITHUB = URI.create("https://github.example.org/api/v3");
    private static final URI TRAVIS = URI.create("https://api.travis-ci.com");
    private static final BranchName BRANCH = new BranchName(Instant.parse("2026-11-22T15:00:00Z"), RUN);
    private static final CommitId COMMIT = new CommitId("a".repeat(40));

    private static final String TEXT = """
            travis-compile-journal 1
            repository alice/builds
            github-api https://github.example.org/api/v3
            branch travis-compile/20261122T150000Z-0123456789abcdef0123456789abcdef aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            builds-travis https://api.travis-ci.com pull-request
            opening pull-request
            pull-request 12
            """;

    @TempDir
    private Path cache;

    @Test
    void recordsEachActionBeforehand() throws Exception {
        try (RunJournal journal = begin(RUN)) {
            assertThat(text()).isEqualTo(lines(3));
            journal.pushing(BRANCH, COMMIT);
            assertThat(text()).isEqualTo(lines(4));
            journal.awaitingBuilds(TravisProvider.SERVICE, TRAVIS, true);
            assertThat(text()).isEqualTo(lines(5));
            journal.openingPullRequest();
            assertThat(text()).isEqualTo(lines(6));
            journal.openedPullRequest(12);
            assertThat(text()).isEqualTo(TEXT);
            assertThatThrownBy(() -> journal.openedPullRequest(13)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void isReadBackUnchanged() {
        assertThat(JournalContent.parse(RUN, TEXT))
                .contains(new JournalContent(
                        RUN,
                        REPOSITORY,
                        GITHUB,
                        Optional.of(new JournalContent.Pushed(BRANCH, COMMIT)),
                        true,
                        OptionalInt.of(12),
                        List.of(new JournalContent.Awaited(TravisProvider.SERVICE, TRAVIS, true))));
    }

    @Test
    void anIncompleteLastLineIsIgnored() {
        for (int length = 0; length <= TEXT.length(); length++) {
            String whole = TEXT.substring(0, length);
            String torn = whole.substring(0, whole.lastIndexOf('\n') + 1);
            Optional<JournalContent> read = JournalContent.parse(RUN, whole);
            assertThat(read).as("%s bytes", length).isEqualTo(JournalContent.parse(RUN, torn));
            assertThat(read.isPresent()).as("%s bytes", length).isEqualTo(length >= lines(3).length());
        }
        assertThat(JournalContent.parse(RUN, lines(4) + "builds-travis ht")
                        .orElseThrow()
                        .pushed())
                .isPresent();
        assertThat(JournalContent.parse(RUN, lines(6) + "pull-request 1")
                        .orElseThrow()
                        .number())
                .isEmpty();
    }

    @Test
    void otherFormatsAreRefused() {
        for (String text : List.of(
                "",
                "\n",
                TEXT.replace("journal 1", "journal 2"),
                TEXT + "pull-request 12\n",
                TEXT + "tunnel https://x.example\n",
                TEXT + "\n",
                TEXT.replace("alice/builds", "alice"),
                TEXT.replace("alice/builds", "alice/.."),
                TEXT.replace("https://github", "https://token@github"),
                TEXT.replace("https://github", "not a url"),
                TEXT.replace("travis-compile/2", "travis-compile-2"),
                TEXT.replace("-0123", "-1123"),
                TEXT.replace("request 12", "request twelve"),
                TEXT.replace("com pull-request", "com cron"),
                TEXT.replace("builds-travis", "builds-jenkins"),
                TEXT.replace("aaaa\n", "\n"))) {
            assertThat(JournalContent.parse(RUN, text)).as(text).isEmpty();
        }
    }

    @Test
    void refusesUrlsThatCouldHoldASecret() throws Exception {
        assertThatThrownBy(() -> RunJournal.begin(cache, RUN, REPOSITORY, URI.create("https://u:canary@github.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
        assertThat(files()).isEmpty();
        try (RunJournal journal = begin(RUN)) {
            assertThatThrownBy(() -> journal.awaitingBuilds(
                            TravisProvider.SERVICE, URI.create("https://api.travis-ci.com/?token=canary"), false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("canary");
            assertThat(text()).isEqualTo(lines(3));
        }
    }

    @Test
    void staysIfSomethingIsLeftAndIsThenFound() throws Exception {
        RunJournal journal = begin(RUN);
        journal.pushing(BRANCH, COMMIT);
        journal.left();
        journal.close();
        journal.close();
        assertThat(files()).containsExactly(RUN + ".journal");
        try (RunJournals first = look();
                RunJournals second = look()) {
            assertThat(second.dead()).as("another clean-up has it").isEmpty();
            assertThat(first.dead()).hasSize(1);
            RunJournals.Dead dead = first.dead().get(0);
            assertThat(dead.record())
                    .isEqualTo(JournalContent.parse(RUN, lines(4)).orElseThrow());
            dead.delete();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void nothingIsRecordedAfterTheEnd() throws Exception {
        RunJournal journal = begin(RUN);
        journal.close();
        assertThatThrownBy(() -> journal.pushing(BRANCH, COMMIT))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageEndingWith(RunJournal.REMEDY);
        assertThat(files()).isEmpty();
    }

    @Test
    void otherFilesAreIgnored() throws Exception {
        Path runs = Files.createDirectories(cache.resolve("runs"));
        Files.writeString(runs.resolve("notes.txt"), TEXT);
        Files.writeString(runs.resolve(RUN.hex().toUpperCase(java.util.Locale.ROOT) + ".journal"), TEXT);
        Files.writeString(runs.resolve("1" + RUN.hex().substring(1) + ".journal"), TEXT);
        Files.writeString(runs.resolve("2" + RUN.hex().substring(1) + ".journal"), "");
        Files.writeString(runs.resolve("3" + RUN.hex().substring(1) + ".journal"), lines(3) + "x".repeat(1 << 20));
        Files.createDirectory(runs.resolve("4" + RUN.hex().substring(1) + ".journal"));
        Files.writeString(cache.resolve("elsewhere"), lines(3));
        Files.createSymbolicLink(runs.resolve("5" + RUN.hex().substring(1) + ".journal"), cache.resolve("elsewhere"));
        List<String> before = files();
        try (RunJournals journals = look()) {
            assertThat(journals.dead()).isEmpty();
            assertThat(journals.living()).isEmpty();
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void anUnwritableDirectoryIsNamed() throws Exception {
        Path file = Files.createFile(cache.resolve("file"));
        assertThatThrownBy(() -> RunJournal.begin(file, RUN, REPOSITORY, GITHUB))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("<cacheDirectory> (-Dtravis-compile.cacheDirectory)");
    }

    @Test
    void aRunStaysLockedDuringACleanUpOfItsProcessAndAnInterruptionOfItsThread() throws Exception {
        try (RunJournal journal = begin(RUN)) {
            Thread.currentThread().interrupt();
            journal.pushing(BRANCH, COMMIT);
            assertThat(Thread.interrupted()).isTrue();
            try (RunJournals journals = look()) {
                assertThat(journals.living()).containsExactly(RUN);
                assertThat(journals.dead()).isEmpty();
            }
            Process other = JournalProcess.start(cache, "look");
            assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines("living [" + RUN + "] dead 0");
        }
    }

    @Test
    void aRunOfAnotherProcessIsDeadOnceThatIsKilled() throws Exception {
        Process other = JournalProcess.start(
                cache, "run", RUN.hex(), "alice/builds", GITHUB.toString(), BRANCH.toString(), COMMIT.hex());
        // By now it has written everything.
        assertThat(other.getInputStream().read()).isEqualTo('!');
        try (RunJournals journals = look()) {
            assertThat(journals.living()).containsExactly(RUN);
            assertThat(journals.dead()).isEmpty();
        }
        other.destroyForcibly().waitFor();
        try (RunJournals journals = look()) {
            assertThat(journals.living()).isEmpty();
            assertThat(journals.dead()).hasSize(1);
            assertThat(journals.dead().get(0).record().pushed()).contains(new JournalContent.Pushed(BRANCH, COMMIT));
        }
    }

    private RunJournal begin(RunId run) throws Exception {
        return RunJournal.begin(cache, run, REPOSITORY, GITHUB);
    }

    private RunJournals look() throws Exception {
        return RunJournals.look(cache, record -> true);
    }

    private static String lines(int count) {
        return String.join("\n", TEXT.lines().limit(count).toList()) + "\n";
    }

    private String text() throws IOException {
        return Files.readString(cache.resolve("runs").resolve(files().get(0)));
    }

    private List<String> files() throws IOException {
        if (Files.notExists(cache.resolve("runs"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache.resolve("runs"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
