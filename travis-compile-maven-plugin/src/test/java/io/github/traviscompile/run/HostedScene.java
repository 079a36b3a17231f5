package io.github.traviscompile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.standin.Cloud;
import io.github.traviscompile.standin.TravisBuildStandIn;
import io.github.traviscompile.standin.TravisJobStandIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A project of one small crate and all that its hosted runs need, where every word that leaves is looked at in the end.
 * {@link HostedSceneExtension} makes and closes it.
 */
public final class HostedScene implements AutoCloseable {

    public final Cloud cloud;
    public final HostedRun run;

    private final Path directory;
    private final Path calls;
    private final StringWriter failures = new StringWriter();

    public HostedScene(Path directory) throws Exception {
        this.directory = directory;
        cloud = Cloud.start(directory.resolve("cloud"));
        byte[] script = LegFiles.of(RunId.random(new SecureRandom()), Path.of(""), List.of())
                .get(LegFiles.DIRECTORY + "/" + LegFiles.SCRIPT);
        calls = cloud.recordCalls(new String(script, StandardCharsets.UTF_8));
        run = new HostedRun(
                directory,
                new CrossCompileRequest.Services(Map.of(
                        Parameter.GITHUB_API_URL,
                        cloud.githubApi().toString(),
                        Parameter.GITHUB_WEB_URL,
                        cloud.githubWeb().toString(),
                        Parameter.TRAVIS_API_URL,
                        cloud.travisApi().toString(),
                        Parameter.APPVEYOR_API_URL,
                        cloud.appveyorApi().toString())),
                cloud.travisToken(),
                cloud.appveyorToken());
        write("Cargo.toml", "[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2018\"\n");
        write("Cargo.lock", "version = 3\n\n[[package]]\nname = \"greet\"\nversion = \"0.1.0\"\n");
        write("src/main.rs", "fn main() {\n    println!(\"hello\");\n}\n");
    }

    /** Holds the project, and what runs and stand-ins make. */
    public Path directory() {
        return directory;
    }

    public void write(String path, String content) throws IOException {
        Path file = directory.resolve("project").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    /** Runs, and keeps what a user sees of a failure with {@code -e}. */
    public List<DeliveredPlatform> run() throws CrossCompileException, InterruptedException {
        try {
            return run.now();
        } catch (CrossCompileException | InterruptedException e) {
            e.printStackTrace(new PrintWriter(failures, true));
            throw e;
        }
    }

    public void assertRefused(Class<? extends CrossCompileException> type, String... parts) {
        assertThatThrownBy(this::run).isInstanceOf(type).hasMessageContainingAll(parts);
    }

    public void assertNothingIsLeft() throws IOException {
        assertThat(cloud.repository().branches()).containsExactly("main");
        for (int number = 1; number <= cloud.repository().pulls(); number++) {
            assertThat(cloud.repository().pull(number).get("state").asText()).isEqualTo("closed");
        }
        assertThat(run.journals()).isEmpty();
    }

    void assertNothingIsBuilt(String step) {
        assertThat(jobs()).as(step).allMatch(job -> job.state().equals("canceled"));
    }

    List<TravisJobStandIn> jobs() {
        return cloud.builds().builds().stream()
                .map(TravisBuildStandIn::jobs)
                .flatMap(List::stream)
                .toList();
    }

    /** How often a request was made that holds {@code part}, or stands a line that begins so in that process' journal. */
    long seen(String part, long process) {
        Stream<String> requests = Stream.concat(
                cloud.github().requests().stream(),
                cloud.travis().seen().stream().map(seen -> seen.method() + " " + seen.path()));
        return requests.filter(request -> request.contains(part)).count()
                + run.journals(process).stream()
                        .flatMap(String::lines)
                        .filter(line -> line.startsWith(part))
                        .count();
    }

    /**
     * In the log, failures with their causes, what the run wrote down, git's objects, pull requests, journals, calls of
     * programs, and job logs.
     */
    public void assertNothingSecretIsOut() throws IOException {
        List<String> secrets = secrets();
        List<String> places = new ArrayList<>(run.told);
        places.add(failures.toString());
        places.addAll(written());
        places.addAll(cloud.repository().objects());
        for (int number = 1; number <= cloud.repository().pulls(); number++) {
            places.add(cloud.repository().pull(number).toString());
        }
        places.addAll(run.journals);
        places.addAll(run.journals());
        places.addAll(cloud.github().requests());
        jobs().forEach(job -> places.add(job.log()));
        cloud.github().actions().runs().stream()
                .flatMap(started -> started.jobs().stream())
                .forEach(job -> places.add(job.log()));
        if (Files.exists(calls)) {
            places.add(Files.readString(calls));
        }
        assertThat(places).allSatisfy(place -> assertThat(secrets).noneMatch(place::contains));
    }

    /** The record of the run and its page, logs of jobs, and the papers of what was delivered. */
    private List<String> written() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String directory : List.of("build", "out")) {
            Path root = this.directory.resolve(directory);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : files.filter(HostedScene::isToRead).toList()) {
                        texts.add(Files.readString(file));
                    }
                }
            }
        }
        return texts;
    }

    private static boolean isToRead(Path file) {
        return Files.isRegularFile(file) && file.toString().matches(".*\\.(json|html|log)");
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(
                run.githubToken, cloud.travis().token(), cloud.appveyor().token(), run.authtoken));
        for (String user : List.of("alice", "x-access-token")) {
            secrets.add(Base64.getEncoder()
                    .encodeToString((user + ":" + run.githubToken).getBytes(StandardCharsets.UTF_8)));
        }
        // Each leg's key, and the address of the tunnel, which legs on GitHub Actions read in the commit.
        boolean addressIsOut = !cloud.github().actions().runs().isEmpty();
        jobs().stream()
                .flatMap(job -> job.secrets().stream())
                .filter(secret -> !(addressIsOut && secret.startsWith("http")))
                .forEach(secrets::add);
        return secrets;
    }

    /** What programs the jobs called, with all their words. */
    String calls() throws IOException {
        return Files.readString(calls);
    }

    @Override
    public void close() {
        cloud.close();
    }
}
