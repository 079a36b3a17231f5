package io.github.traviscompile.standin;

import com.google.gson.JsonParser;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AppVeyor for tests: one account with one concurrent job, and the calls of its API that the plugin uses
 * (appveyor.com/docs/api; what is not documented there as kevinoid/appveyor-swagger has it), over projects that
 * {@link AppVeyorProjectStandIn} holds. Whoever made it closes it, which ends all jobs.
 */
public final class AppVeyorStandIn extends ApiStandIn {

    /** The account, which is also the owner of the repositories. */
    public static final String ACCOUNT = "alice";

    private static final Pattern OF_ACCOUNT = Pattern.compile("/api/account/([^/]+)/(.*)");
    private static final Pattern PROJECT = Pattern.compile("projects/([^/]+)/([^/]+)/(.*)");
    private static final Pattern CANCEL = Pattern.compile("builds/([^/]+)/([^/]+)/([^/]+)");
    private static final Pattern LOG = Pattern.compile("buildjobs/([^/]+)/log");

    private final Path directory;
    private final AppVeyorKey key = new AppVeyorKey();
    private final ExecutorService jobs;
    private final List<AppVeyorProjectStandIn> projects = new CopyOnWriteArrayList<>();
    private volatile String userEncryption = "encrypt";

    /**
     * Starts on a free port.
     *
     * @param directory where jobs get their machines' disks
     */
    public AppVeyorStandIn(Path directory) {
        this.directory = directory;
        jobs = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "appveyor-jobs");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** For the parameter {@code appveyorApiUrl}. */
    @Override
    public URI uri() {
        return URI.create(super.uri() + "/api");
    }

    /** The account's token. */
    public String token() {
        return "appveyor-token-of-the-stand-in";
    }

    /** A user's token, whose addresses name the account. */
    public String userToken() {
        return "v2.appveyor-token-of-the-stand-in";
    }

    /** Where a user's token encrypts, below the account; {@code none} for nowhere. */
    public void userTokensEncryptAt(String path) {
        userEncryption = path;
    }

    /** A project that builds every push and pull request of a repository on GitHub. */
    public AppVeyorProjectStandIn project(String slug, String repository) {
        AppVeyorProjectStandIn project = new AppVeyorProjectStandIn(slug, repository, key, jobs, directory);
        projects.add(project);
        return project;
    }

    @Override
    void answer(HttpServerExchange exchange, String method, String path, String query) throws IOException {
        String authorization = header(exchange, "Authorization");
        boolean ofUser = authorization.equals("Bearer " + userToken());
        Matcher ofAccount = OF_ACCOUNT.matcher(path);
        if (ofUser ? !ofAccount.matches() : !authorization.equals("Bearer " + token())) {
            error(exchange, ofUser ? 400 : 401, "Authorization has been denied for this request.");
        } else if (ofUser && !ofAccount.group(1).equals(ACCOUNT)) {
            error(exchange, 404, "Account not found or access denied.");
        } else {
            String encryption = ofUser ? userEncryption : "account/encrypt";
            String rest = ofUser ? ofAccount.group(2) : path.replaceFirst("^/api/", "");
            if (rest.equals(encryption) && method.equals("POST")) {
                encrypt(exchange);
            } else {
                route(exchange, method, rest, query);
            }
        }
    }

    private void encrypt(HttpServerExchange exchange) throws IOException {
        exchange.startBlocking();
        String body = new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String plain =
                JsonParser.parseString(body).getAsJsonObject().get("plainValue").getAsString();
        send(exchange, 200, key.encrypt(plain));
    }

    private void route(HttpServerExchange exchange, String method, String rest, String query) {
        Matcher project = PROJECT.matcher(rest);
        Matcher cancel = CANCEL.matcher(rest);
        Matcher log = LOG.matcher(rest);
        if (rest.equals("projects")) {
            json(
                    exchange,
                    projects.stream().map(AppVeyorProjectStandIn::document).toList());
        } else if (project.matches()) {
            find(project.group(1), project.group(2))
                    .ifPresentOrElse(
                            found -> inProject(exchange, found, project.group(3), query),
                            () -> error(exchange, 404, "Project not found or access denied."));
        } else if (log.matches()) {
            projects.stream()
                    .flatMap(each -> each.builds().stream())
                    .flatMap(build -> build.jobs().stream())
                    .filter(job -> job.id().equals(log.group(1)) && !job.logWithheld())
                    .findFirst()
                    .ifPresentOrElse(
                            job -> send(exchange, 200, job.log()),
                            () -> error(exchange, 404, "Job not found or access denied."));
        } else if (cancel.matches() && method.equals("DELETE")) {
            Optional<AppVeyorBuildStandIn> build = find(cancel.group(1), cancel.group(2))
                    .flatMap(found -> found.build(URLDecoder.decode(cancel.group(3), StandardCharsets.UTF_8)));
            if (build.isEmpty()) {
                error(exchange, 404, "Build not found or access denied.");
            } else if (build.get().cancel()) {
                exchange.setStatusCode(204);
            } else {
                error(exchange, 400, "The build is not running.");
            }
        } else {
            error(exchange, 404, "No HTTP resource was found that matches the request URI.");
        }
    }

    private void inProject(HttpServerExchange exchange, AppVeyorProjectStandIn project, String rest, String query) {
        if (rest.equals("settings") && project.isWritable()) {
            json(exchange, Map.of("project", project.document(), "settings", project.settingsDocument()));
        } else if (rest.equals("history")) {
            String branch = URLDecoder.decode(parameter(query, "branch"), StandardCharsets.UTF_8);
            List<Object> builds = new ArrayList<>();
            for (AppVeyorBuildStandIn build : project.builds()) {
                if (build.branch().equals(branch)) {
                    // Newest first.
                    builds.add(0, build.document(false));
                }
            }
            json(exchange, Map.of("project", project.document(), "builds", builds));
        } else if (rest.startsWith("build/")) {
            project.build(URLDecoder.decode(rest.substring("build/".length()), StandardCharsets.UTF_8))
                    .ifPresentOrElse(
                            build -> json(
                                    exchange, Map.of("project", project.document(), "build", build.document(true))),
                            () -> error(exchange, 404, "Build not found or access denied."));
        } else {
            error(exchange, 403, "You are not authorized to perform this operation.");
        }
    }

    private Optional<AppVeyorProjectStandIn> find(String account, String slug) {
        return projects.stream()
                .filter(project -> account.equals(ACCOUNT) && project.slug().equals(slug))
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

    private void error(HttpServerExchange exchange, int status, String message) {
        json(exchange, status, Map.of("message", message));
    }

    private void json(HttpServerExchange exchange, Object document) {
        json(exchange, 200, document);
    }

    @Override
    public void close() {
        projects.forEach(AppVeyorProjectStandIn::close);
        jobs.shutdownNow();
        super.close();
    }
}
