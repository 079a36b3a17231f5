package io.github.traviscompile.standin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** One project on {@link AppVeyorStandIn}: what it is set to, and the builds that events of its repository led to. */
public final class AppVeyorProjectStandIn implements AutoCloseable {

    /** Keys at the root that multiply jobs; this stand-in has no need of them. */
    private static final List<String> MULTIPLYING = List.of("image", "platform", "configuration");

    private static final List<String> SKIPPING = List.of("[skip ci]", "[ci skip]", "[skip appveyor]");

    private final String slug;
    private final String repository;
    private final AppVeyorKey key;
    private final ExecutorService queue;
    private final Path directory;
    private final AtomicLong ids = new AtomicLong(23864);
    private final Map<String, Object> settings = new LinkedHashMap<>(Map.of("ignoreAppveyorYml", false));
    private final Map<String, Object> flags = new LinkedHashMap<>();
    private final List<AppVeyorBuildStandIn> builds = new CopyOnWriteArrayList<>();
    private boolean writable = true;
    private volatile Optional<TravisMachines> machines = Optional.empty();

    AppVeyorProjectStandIn(String slug, String repository, AppVeyorKey key, ExecutorService queue, Path directory) {
        this.slug = slug;
        this.repository = repository;
        this.key = key;
        this.queue = queue;
        this.directory = directory;
    }

    /** Sets what only the project's settings show, such as {@code ignoreAppveyorYml}. */
    public void setting(String name, Object value) {
        settings.put(name, value);
    }

    public void hearsNoPushes() {
        flags.put("disablePushWebhooks", true);
    }

    public void readOnly() {
        writable = false;
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
     */
    public void push(String origin, String branch, String commit) {
        if (!flags.containsKey("disablePushWebhooks")) {
            onEvent(new AppVeyorEvent(origin, branch, commit, Optional.empty()));
        }
    }

    /** GitHub tells of a pull request, whose branch is to AppVeyor that which it is to be merged into. */
    public void pullRequest(String origin, String base, String commit, long number) {
        onEvent(new AppVeyorEvent(origin, base, commit, Optional.of(number)));
    }

    private void onEvent(AppVeyorEvent event) {
        Map<?, ?> config;
        String title;
        try {
            title = TravisRepositoryStandIn.git(event.origin(), "log", "-1", "--format=%s", event.commit());
            String text = TravisRepositoryStandIn.git(event.origin(), "show", event.commit() + ":appveyor.yml");
            config = (Map<?, ?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException e) {
            builds.add(broken(event, "Error parsing appveyor.yml: " + e.getMessage()));
            return;
        } catch (IOException e) {
            // The settings of the project, which are the default ones.
            builds.add(broken(event, "Specify a project or solution file."));
            return;
        }
        if (SKIPPING.stream().noneMatch(title::contains) && builds(config, event.branch())) {
            builds.add(build(event, config));
        }
    }

    private static boolean builds(Map<?, ?> config, String branch) {
        return !(config.get("branches") instanceof Map<?, ?> branches)
                || !(branches.get("only") instanceof List<?> only)
                || only.stream().anyMatch(each -> branch.equalsIgnoreCase(each.toString()));
    }

    private AppVeyorBuildStandIn broken(AppVeyorEvent event, String message) {
        long id = ids.incrementAndGet();
        return new AppVeyorBuildStandIn(id, "1.0." + number(), event, List.of(), Optional.of(message));
    }

    private int number() {
        return builds.size() + 1;
    }

    private AppVeyorBuildStandIn build(AppVeyorEvent event, Map<?, ?> config) {
        MULTIPLYING.forEach(name -> {
            if (config.containsKey(name)) {
                throw new IllegalStateException("The root has the key '" + name + "', which multiplies jobs.");
            }
        });
        String version = String.valueOf(config.get("version")).replace("{build}", String.valueOf(number()));
        if (build(version).isPresent()) {
            throw new IllegalStateException("The version '" + version + "' is not unique.");
        }
        Map<?, ?> environment = (Map<?, ?>) Objects.requireNonNull(config.get("environment"));
        List<AppVeyorJobStandIn> jobs = new ArrayList<>();
        for (Object row : (List<?>) Objects.requireNonNull(environment.get("matrix"))) {
            jobs.add(job(event, config, (Map<?, ?>) row, jobs.size()));
        }
        AppVeyorBuildStandIn build =
                new AppVeyorBuildStandIn(ids.incrementAndGet(), version, event, jobs, Optional.empty());
        machines.ifPresent(real -> jobs.forEach(job -> {
            Path disk = directory.resolve("job-" + job.id());
            queue.execute(() -> job.work(real, disk));
        }));
        return build;
    }

    /** A row of the matrix with what {@code for} says of it: its environment on top, its scripts in place of others. */
    private AppVeyorJobStandIn job(AppVeyorEvent event, Map<?, ?> config, Map<?, ?> row, int index) {
        Map<Object, Object> merged = new LinkedHashMap<>(config);
        Map<Object, Object> environment = new LinkedHashMap<>(row);
        for (Object entry : config.get("for") instanceof List<?> list ? list : List.of()) {
            Map<Object, Object> special = new LinkedHashMap<>((Map<?, ?>) entry);
            Map<?, ?> matrix = (Map<?, ?>) Objects.requireNonNull(special.remove("matrix"));
            List<?> only = (List<?>) Objects.requireNonNull(matrix.get("only"));
            if (only.stream().anyMatch(wanted -> row.entrySet().containsAll(((Map<?, ?>) wanted).entrySet()))) {
                if (special.remove("environment") instanceof Map<?, ?> more) {
                    environment.putAll(more);
                }
                merged.putAll(special);
            }
        }
        Object name = row.get("job_name");
        String shown = name != null
                ? name.toString()
                : "Environment: "
                        + row.entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .collect(Collectors.joining(", "));
        String id = Long.toString(ids.get() * 1000 + index, 36);
        return new AppVeyorJobStandIn(id, shown, event, merged, environment, key);
    }

    String slug() {
        return slug;
    }

    boolean isWritable() {
        return writable;
    }

    public List<AppVeyorBuildStandIn> builds() {
        return builds;
    }

    Optional<AppVeyorBuildStandIn> build(String version) {
        return builds.stream().filter(build -> build.version().equals(version)).findFirst();
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>(flags);
        document.put("projectId", 42438);
        document.put("accountId", 2);
        document.put("accountName", AppVeyorStandIn.ACCOUNT);
        document.put("builds", List.of());
        document.put("name", repository.substring(repository.indexOf('/') + 1));
        document.put("slug", slug);
        document.put("repositoryType", "gitHub");
        document.put("repositoryScm", "git");
        document.put("repositoryName", repository);
        document.put("repositoryBranch", "main");
        document.put("isPrivate", true);
        return document;
    }

    Map<String, Object> settingsDocument() {
        Map<String, Object> document = new LinkedHashMap<>(document());
        document.putAll(settings);
        return document;
    }

    /** Waits until no job waits or runs any more. */
    public void awaitIdle(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (AppVeyorBuildStandIn build : builds) {
            for (AppVeyorJobStandIn job : build.jobs()) {
                job.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        }
    }

    @Override
    public void close() {
        builds.forEach(AppVeyorBuildStandIn::cancel);
    }
}
