package io.github.traviscompile.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** One repository on {@link TravisStandIn}: what it is set to, and what became of the events that it heard of. */
public final class TravisRepositoryStandIn implements AutoCloseable {

    /** Of every repository that needs none of its own: to make a pair takes as long as a whole test. */
    static final KeyPair KEYS = newKeys(2048);

    private static final Pattern COMPARISON = Pattern.compile("(\\w+) = (?:\"([^\"]*)\"|([^\\s\"]+))");

    /** Keys at the root that multiply jobs (travis-ci/travis-yml, Matrix); this stand-in has no need of them. */
    private static final List<String> MULTIPLYING = List.of("os", "arch", "rust", "env", "compiler", "osx_image");

    private final long id;
    private final String slug;
    private final KeyPair keys;
    private final Path directory;
    private final AtomicLong ids = new AtomicLong(1000);
    private final Map<String, Object> settings = new LinkedHashMap<>(
            Map.of("build_pushes", true, "build_pull_requests", true, "maximum_number_of_builds", 0));
    private final List<TravisRequestStandIn> requests = new CopyOnWriteArrayList<>();
    private final List<TravisBuildStandIn> builds = new CopyOnWriteArrayList<>();
    private Map<String, Object> allowance = Map.of("subscription_type", 2, "public_repos", true, "private_repos", true);
    private String pemLabel = "PUBLIC KEY";
    private boolean active = true;
    private boolean visible = true;
    private boolean writable = true;
    private boolean isPrivate = true;
    private volatile Optional<TravisMachines> machines = Optional.empty();

    TravisRepositoryStandIn(long id, String slug, KeyPair keys, Path directory) {
        this.id = id;
        this.slug = slug;
        this.keys = keys;
        this.directory = directory;
    }

    /** Such as the service makes. */
    public static KeyPair newKeys(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public void setting(String name, Object value) {
        settings.put(name, value);
    }

    /** What the account's plan says: {@code subscription_type}, {@code public_repos}, {@code private_repos}. */
    public void allowance(Map<String, Object> document) {
        allowance = document;
    }

    public void publicOnGitHub() {
        isPrivate = false;
    }

    public void inactive() {
        active = false;
    }

    public void invisible() {
        visible = false;
    }

    public void readOnly() {
        writable = false;
    }

    /** Labels the key as the service does at times, with a header that its content belies. */
    public void mislabelKey() {
        pemLabel = "RSA PUBLIC KEY";
    }

    /** From now on jobs run for real; without machines they stay as they are until a test changes them. */
    public void machines(TravisMachines real) {
        machines = Optional.of(real);
    }

    /** From now on jobs stay in the queue. */
    public void noMachines() {
        machines = Optional.empty();
    }

    /**
     * GitHub tells of a push.
     *
     * @param origin what git clones, a path or a URL
     * @return the request
     */
    public TravisRequestStandIn push(String origin, String branch, String commit) {
        return onEvent(new TravisEventStandIn("push", origin, branch, "main", commit, 0, false));
    }

    /** GitHub tells of a pull request of a branch of this repository, whose merge equals its head. */
    public TravisRequestStandIn pullRequest(String origin, String branch, String commit, long number) {
        return onEvent(new TravisEventStandIn("pull_request", origin, branch, "main", commit, number, false));
    }

    /** The same of a branch of a fork: the build gets no secrets. */
    public TravisRequestStandIn pullRequestOfFork(String origin, String branch, String commit, long number) {
        return onEvent(new TravisEventStandIn("pull_request", origin, branch, "main", commit, number, true));
    }

    private TravisRequestStandIn onEvent(TravisEventStandIn event) {
        TravisRequestStandIn request = new TravisRequestStandIn(ids.incrementAndGet(), event);
        requests.add(request);
        String setting = event.type().equals("push") ? "build_pushes" : "build_pull_requests";
        if (!Boolean.TRUE.equals(settings.get(setting))) {
            return request.reject("Build type disabled via repository settings");
        }
        Map<?, ?> config;
        try {
            String text = git(event.origin(), "show", event.commit() + ":.travis.yml");
            config = (Map<?, ?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException e) {
            request.message("error", "parse_error");
            return request.reject("parse error");
        } catch (IOException e) {
            return request.reject("missing config");
        }
        if (!holds(String.valueOf(config.get("if")), event)) {
            return request.reject("Build config did not create any jobs.");
        }
        builds.add(build(request, config));
        return request.approve();
    }

    private TravisBuildStandIn build(TravisRequestStandIn request, Map<?, ?> config) {
        MULTIPLYING.forEach(key -> {
            if (config.containsKey(key)) {
                throw new IllegalStateException("The root has the key '" + key + "', which multiplies jobs.");
            }
        });
        List<TravisJobStandIn> jobs = new CopyOnWriteArrayList<>();
        Map<?, ?> include = (Map<?, ?>) Objects.requireNonNull(config.get("jobs"));
        for (Object entry : (List<?>) Objects.requireNonNull(include.get("include"))) {
            Map<Object, Object> job = new LinkedHashMap<>(config);
            job.keySet().removeAll(List.of("jobs", "notifications", "version", "if"));
            job.putAll((Map<?, ?>) entry);
            jobs.add(new TravisJobStandIn(ids.incrementAndGet(), request.event(), job, keys.getPrivate()));
        }
        TravisBuildStandIn build = new TravisBuildStandIn(ids.incrementAndGet(), request, jobs);
        machines.ifPresent(real -> jobs.forEach(job -> job.start(real, directory.resolve("job-" + job.id()))));
        return build;
    }

    /** Equalities joined by AND; anything else is refused, as the service refuses what it cannot parse. */
    private boolean holds(String condition, TravisEventStandIn event) {
        for (String term : condition.split(" AND ", -1)) {
            Matcher matcher = COMPARISON.matcher(term);
            if (!matcher.matches()) {
                throw new IllegalStateException("The condition '" + term + "' is beyond this stand-in.");
            }
            String wanted = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            if (!wanted.equals(event.attribute(matcher.group(1)))) {
                return false;
            }
        }
        return true;
    }

    static String git(String repository, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }

    long id() {
        return id;
    }

    String slug() {
        return slug;
    }

    boolean isVisible() {
        return visible;
    }

    boolean isWritable() {
        return writable;
    }

    public List<TravisBuildStandIn> builds() {
        return builds;
    }

    List<TravisRequestStandIn> requests() {
        return requests;
    }

    Map<String, Object> allowance() {
        return allowance;
    }

    String publicKey() {
        return "-----BEGIN " + pemLabel + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END " + pemLabel + "-----\n";
    }

    Map<String, Object> description() {
        return Map.of(
                "@type",
                "repository",
                "id",
                id,
                "slug",
                slug,
                "active",
                active,
                "private",
                isPrivate,
                "owner",
                Map.of("@type", "user", "login", slug.substring(0, slug.indexOf('/'))));
    }

    Map<String, Object> settingsDocument() {
        return Map.of(
                "@type",
                "settings",
                "settings",
                settings.entrySet().stream()
                        .map(e -> Map.of("@type", "setting", "name", e.getKey(), "value", e.getValue()))
                        .toList());
    }

    /** Waits until no job runs any more. */
    public void awaitIdle(Duration limit) throws InterruptedException {
        for (TravisBuildStandIn build : builds) {
            for (TravisJobStandIn job : build.jobs()) {
                job.await(limit);
            }
        }
    }

    @Override
    public void close() {
        builds.forEach(TravisBuildStandIn::cancel);
    }
}
