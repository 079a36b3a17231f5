package io.github.traviscompile.standin;

import io.undertow.server.HttpServerExchange;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Travis CI for tests: API v3 as far as the plugin uses it, with the answers of travis-ci/travis-api (models, error types,
 * statuses), over repositories that {@link TravisRepositoryStandIn} holds. Whoever made it closes it, which ends all jobs.
 */
public final class TravisStandIn extends ApiStandIn {

    /** More within 30 s and the account is banned; a test never takes as long, so all are counted. */
    private static final int MOST_POSTS = 50;

    private static final Pattern REPOSITORY = Pattern.compile("/repo/([^/?]+)(?:/(.*))?");
    private static final Pattern BUILD = Pattern.compile("/build/(\\d+)/(jobs|cancel)");
    private static final Pattern LOG = Pattern.compile("/job/(\\d+)/log\\.txt");

    private final Path directory;
    private final List<TravisRepositoryStandIn> repositories = new CopyOnWriteArrayList<>();
    private final String token = "travis-token-of-the-stand-in";
    private final AtomicInteger posts = new AtomicInteger();

    /**
     * Starts on a free port.
     *
     * @param directory where jobs get their machines' disks
     */
    public TravisStandIn(Path directory) {
        this.directory = directory;
    }

    public String token() {
        return token;
    }

    /** A repository that is active, has credit, and builds on every event. */
    public TravisRepositoryStandIn repository(String slug) {
        return repository(slug, TravisRepositoryStandIn.KEYS);
    }

    /** The same with keys of its own. */
    public TravisRepositoryStandIn repository(String slug, KeyPair keys) {
        TravisRepositoryStandIn repository =
                new TravisRepositoryStandIn(repositories.size() + 4711L, slug, keys, directory);
        repositories.add(repository);
        return repository;
    }

    @Override
    void answer(HttpServerExchange exchange, String method, String path, String query) {
        String agent = header(exchange, "User-Agent");
        int posted = method.equals("POST") ? posts.incrementAndGet() : 0;
        if (agent.isEmpty() || agent.startsWith("Java") || posted > MOST_POSTS) {
            send(exchange, 403, "Forbidden");
        } else if (!header(exchange, "Travis-API-Version").equals("3")) {
            error(exchange, 404, "not_found", "resource not found (or insufficient access)");
        } else if (!header(exchange, "Authorization").equals("token " + token)) {
            error(exchange, 403, "wrong_credentials", "access denied");
        } else {
            route(exchange, method, path, query);
        }
    }

    private void route(HttpServerExchange exchange, String method, String path, String query) {
        Matcher repository = REPOSITORY.matcher(path);
        Matcher build = BUILD.matcher(path);
        Matcher log = LOG.matcher(path);
        if (path.equals("/user")) {
            json(exchange, 200, Map.of("@type", "user", "id", 1, "login", "alice", "is_syncing", false));
        } else if (path.matches("/owner/[^/]+/allowance")) {
            String login = path.replaceFirst("/owner/([^/]+)/.*", "$1");
            repositories.stream()
                    .filter(r -> r.slug().startsWith(login + "/"))
                    .findFirst()
                    .ifPresentOrElse(
                            r -> json(exchange, 200, r.allowance()),
                            () -> error(exchange, 404, "not_found", "owner not found (or insufficient access)"));
        } else if (repository.matches()) {
            Optional<TravisRepositoryStandIn> found = find(repository.group(1));
            found.ifPresentOrElse(
                    r -> inRepository(exchange, r, repository.group(2) == null ? "" : repository.group(2), query),
                    () -> error(exchange, 404, "not_found", "repository not found (or insufficient access)"));
        } else if (build.matches()) {
            inBuild(exchange, method, Long.parseLong(build.group(1)), build.group(2), query);
        } else if (log.matches()) {
            job(Long.parseLong(log.group(1)))
                    .filter(job -> !job.logWithheld())
                    .ifPresentOrElse(
                            job -> send(exchange, 200, job.log()),
                            () -> error(
                                    exchange,
                                    403,
                                    "log_access_denied",
                                    "We're sorry, but this data is not available."));
        } else {
            error(exchange, 404, "not_found", "resource not found (or insufficient access)");
        }
    }

    private Optional<TravisRepositoryStandIn> find(String idOrSlug) {
        return repositories.stream()
                .filter(TravisRepositoryStandIn::isVisible)
                .filter(r -> idOrSlug.equals(String.valueOf(r.id()))
                        || idOrSlug.equalsIgnoreCase(r.slug().replace("/", "%2F")))
                .findFirst();
    }

    private void inRepository(
            HttpServerExchange exchange, TravisRepositoryStandIn repository, String rest, String query) {
        Matcher request = Pattern.compile("request/(\\d+)(/messages)?").matcher(rest);
        if (rest.isEmpty()) {
            json(exchange, 200, repository.description());
        } else if (rest.equals("settings") && repository.isWritable()) {
            json(exchange, 200, repository.settingsDocument());
        } else if (rest.equals("key_pair/generated") && repository.isWritable()) {
            json(exchange, 200, Map.of("@type", "key_pair", "public_key", repository.publicKey()));
        } else if (rest.equals("builds")) {
            String event = parameter(query, "event_type");
            List<Object> builds = new ArrayList<>();
            for (TravisBuildStandIn build : repository.builds()) {
                if (build.event().equals(event)) {
                    // Newest first.
                    builds.add(0, build.document());
                }
            }
            json(exchange, 200, Map.of("@type", "builds", "builds", builds));
        } else if (rest.equals("requests")) {
            List<Object> requests = new ArrayList<>();
            repository.requests().forEach(r -> requests.add(0, r.document()));
            json(exchange, 200, Map.of("@type", "requests", "requests", requests));
        } else if (request.matches()) {
            long id = Long.parseLong(request.group(1));
            repository.requests().stream()
                    .filter(r -> r.id() == id)
                    .findFirst()
                    .ifPresentOrElse(
                            r -> json(exchange, 200, request.group(2) == null ? r.document() : r.messages()),
                            () -> error(exchange, 404, "not_found", "request not found (or insufficient access)"));
        } else {
            error(exchange, 403, "insufficient_access", "operation requires write access to repository");
        }
    }

    private void inBuild(HttpServerExchange exchange, String method, long id, String what, String query) {
        Optional<TravisBuildStandIn> found = repositories.stream()
                .flatMap(r -> r.builds().stream())
                .filter(b -> b.id() == id)
                .findFirst();
        if (found.isEmpty()) {
            error(exchange, 404, "not_found", "build not found (or insufficient access)");
        } else if (what.equals("jobs")) {
            boolean config = parameter(query, "include").equals("job.config");
            List<Object> jobs = new ArrayList<>();
            found.get().jobs().forEach(job -> jobs.add(job.document(config)));
            json(exchange, 200, Map.of("@type", "jobs", "jobs", jobs));
        } else if (!method.equals("POST")) {
            error(exchange, 405, "method_not_allowed", "method not allowed");
        } else if (found.get().cancel()) {
            json(exchange, 202, Map.of("@type", "pending", "state_change", "cancel"));
        } else {
            error(exchange, 409, "build_not_cancelable", "build is not running, cannot cancel");
        }
    }

    private Optional<TravisJobStandIn> job(long id) {
        return repositories.stream()
                .flatMap(r -> r.builds().stream())
                .flatMap(b -> b.jobs().stream())
                .filter(j -> j.id() == id)
                .findFirst();
    }

    private static String parameter(String query, String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }

    private void error(HttpServerExchange exchange, int status, String type, String message) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@type", "error");
        document.put("error_type", type);
        document.put("error_message", message);
        json(exchange, status, document);
    }

    @Override
    public void close() {
        repositories.forEach(TravisRepositoryStandIn::close);
        super.close();
    }
}
