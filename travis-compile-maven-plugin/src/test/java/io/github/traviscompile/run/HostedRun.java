package io.github.traviscompile.run;

import com.ngrok.NativeSession;
import io.github.traviscompile.JavaProcess;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.SshCredentials;
import io.github.traviscompile.run.api.CheckResult;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.CrossCompileRequestBuilder;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.HostingBuilder;
import io.github.traviscompile.run.api.PlatformOverride;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.check.Check;
import io.github.traviscompile.run.hosted.RemoteContext;
import io.github.traviscompile.standin.Cloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A hosted run of one leg against the stand-ins, in this process or one of its own. */
public final class HostedRun {

    private static final HttpTimeouts QUICK = new HttpTimeouts(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(10), Duration.ofMillis(100));

    final List<RunEvent> heard = new CopyOnWriteArrayList<>();
    public final List<String> told = new CopyOnWriteArrayList<>();

    /** Called whenever the run says something. */
    Runnable whenTold = () -> {};

    /** The coordinates that it asked for. */
    public final List<String> resolved = new CopyOnWriteArrayList<>();

    public String githubToken = Cloud.GITHUB_TOKEN.value();
    public Secret appveyorToken;
    public String authtoken = "an-authtoken";
    public Optional<String> tunnel = Optional.of("ngrok");
    Optional<String> delivery = Optional.empty();
    Duration timeout = Duration.ofMinutes(4);
    Duration queue = Duration.ofMinutes(4);
    boolean pullRequest = true;
    boolean keepOnFailure;
    public boolean offline;
    boolean failFast = true;
    public HttpTimeouts patience = QUICK;
    public Optional<String> glibc = Optional.empty();
    public List<String> allowedLibraries = List.of();
    public List<String> requiredExports = List.of();
    public String repository = Cloud.SLUG;
    public String ci = "travis";
    public Map<String, String> environment = Map.of();
    public Map<String, PlatformOverride> own = Map.of();
    public Set<Service> accounts = Set.of(TravisProvider.SERVICE);
    public List<String> platforms = List.of("linux-x86_64");
    public Optional<Integer> receiverPort = Optional.empty();

    /** What stood in journals whenever the run said something. */
    final Set<String> journals = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final CrossCompileRequest.Services services;
    private final Secret travisToken;

    /** @param directory holds {@code project}; the run's own directories come beside it */
    HostedRun(Path directory, CrossCompileRequest.Services services, Secret travisToken, Secret appveyorToken) {
        this.directory = directory;
        this.services = services;
        this.travisToken = travisToken;
        this.appveyorToken = appveyorToken;
    }

    /** One that is only planned, as nobody is there to ask. */
    public static HostedRun planned(Path directory) {
        URI nowhere = URI.create("http://127.0.0.1:1");
        return new HostedRun(
                directory,
                new CrossCompileRequest.Services(Map.of(
                        Parameter.GITHUB_API_URL,
                        nowhere.toString(),
                        Parameter.GITHUB_WEB_URL,
                        nowhere.toString(),
                        Parameter.TRAVIS_API_URL,
                        nowhere.toString(),
                        Parameter.APPVEYOR_API_URL,
                        nowhere.toString())),
                Secret.of("none"),
                Secret.of("none"));
    }

    /** Starts the same, as far as tunnel and port, in a process of its own with these options of Java's. */
    static Process start(HostedRun run, String... javaOptions) throws IOException {
        List<String> words = List.of(
                run.directory.toString(),
                run.services.githubApi().toString(),
                run.services.githubWeb().toString(),
                run.services.values().get(Parameter.TRAVIS_API_URL),
                run.services.values().get(Parameter.APPVEYOR_API_URL),
                run.travisToken.reveal(),
                run.appveyorToken.reveal(),
                run.tunnel.orElse(""),
                run.receiverPort.map(String::valueOf).orElse(""));
        return JavaProcess.of(HostedRun.class, List.of(javaOptions), words)
                .redirectErrorStream(true)
                .redirectOutput(run.directory.resolve("process.log").toFile())
                .start();
    }

    /** What the process said. */
    String processLog() {
        try {
            return Files.readString(directory.resolve("process.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] args) throws Exception {
        HostedRun run = new HostedRun(
                Path.of(args[0]),
                new CrossCompileRequest.Services(Map.of(
                        Parameter.GITHUB_API_URL,
                        URI.create(args[1]).toString(),
                        Parameter.GITHUB_WEB_URL,
                        URI.create(args[2]).toString(),
                        Parameter.TRAVIS_API_URL,
                        URI.create(args[3]).toString(),
                        Parameter.APPVEYOR_API_URL,
                        URI.create(args[4]).toString())),
                Secret.of(args[5]),
                Secret.of(args[6]));
        run.tunnel = Optional.of(args[7]).filter(word -> !word.isEmpty());
        run.receiverPort = Optional.of(args[8]).filter(port -> !port.isEmpty()).map(Integer::valueOf);
        run.now();
    }

    List<DeliveredPlatform> now() throws CrossCompileException, InterruptedException {
        return new CrossCompiler(this::onEvent, InstantSource.system(), outside())
                .run(request())
                .platforms();
    }

    private RemoteContext outside() {
        Credentials credentials = new Credentials() {
            @Override
            public Secret github() throws ActionNeededException {
                if (githubToken.isEmpty()) {
                    throw new ActionNeededException("There is no token for GitHub.");
                }
                return Secret.of(githubToken);
            }

            @Override
            public Secret ofService(Service service, Parameter serverId, String variable, String origin) {
                return service.equals(TravisProvider.SERVICE) ? travisToken : appveyorToken;
            }

            @Override
            public Secret ngrok() {
                return Secret.of(authtoken);
            }

            @Override
            public SshCredentials ssh() {
                return SshCredentials.DEFAULT;
            }
        };
        return new RemoteContext(credentials, this::ngrok, patience, any -> Thread.sleep(1));
    }

    /**
     * What the goal {@code check} finds.
     *
     * @param tunnelReady how long the tunnel's address is called in vain
     */
    public List<CheckResult> check(Duration tunnelReady) throws ActionNeededException, InterruptedException {
        return new Check(
                        this::onEvent,
                        finding -> tell(finding.toString()),
                        InstantSource.system(),
                        outside(),
                        tunnelReady)
                .of(request());
    }

    private void onEvent(RunEvent event) {
        heard.add(event);
        if (event instanceof RunEvent.Info info) {
            tell(info.sentence());
        } else if (event instanceof RunEvent.Warning warning) {
            tell(warning.sentence());
        } else if (event instanceof RunEvent.PullRequestOpened opened) {
            tell("Opened the pull request " + opened.page() + ".");
        } else if (event instanceof RunEvent.LegMoved moved) {
            tell(moved.leg().id() + ": " + moved.phase().id() + " " + moved.detail());
        } else if (event instanceof RunEvent.JobSeen seen) {
            tell(seen.leg().id() + ": " + seen.state() + " " + seen.page());
        } else {
            tell(event.toString());
        }
    }

    private void tell(String sentence) {
        told.add(sentence);
        whenTold.run();
        System.out.println(sentence);
        journals.addAll(journals(""));
    }

    /** What the journals say of runs that live or left something. */
    List<String> journals() {
        return journals("");
    }

    /** The same of a run that lives in that process. */
    List<String> journals(long process) {
        return journals("." + process + "-");
    }

    private List<String> journals(String part) {
        Path runs = directory.resolve("cache/runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(runs, "*" + part + "*.journal")) {
            for (Path file : files) {
                texts.add(Files.readString(file));
            }
        } catch (NoSuchFileException e) {
            // Its run has ended just now.
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private Path ngrok(String coordinates) {
        resolved.add(coordinates);
        Class<?> type = coordinates.contains("native") ? NativeSession.class : com.ngrok.Session.class;
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    public CrossCompileRequest request() throws ActionNeededException {
        HostingBuilder hosting = new HostingBuilder(
                        new Host("Linux", "amd64", directory.resolve("home"), environment),
                        InstantSource.system().instant())
                .repository(repository)
                .tunnel(tunnel.orElse(null))
                .delivery(delivery.orElse(null))
                .receiverPort(receiverPort.orElse(null))
                .pullRequest(pullRequest)
                .keepOnFailure(keepOnFailure)
                .queueTimeout(queue)
                .accounts(accounts)
                .service(Parameter.GITHUB_API_URL, services.githubApi().toString())
                .githubWeb(services.githubWeb().toString())
                .service(Parameter.TRAVIS_API_URL, services.values().get(Parameter.TRAVIS_API_URL))
                .service(Parameter.APPVEYOR_API_URL, services.values().get(Parameter.APPVEYOR_API_URL))
                .cacheDirectory(directory.resolve("cache"));
        CrossCompileRequestBuilder builder =
                new CrossCompileRequestBuilder(directory.resolve("project"), "1.0", hosting);
        platforms.forEach(word -> builder.platform(word, own.getOrDefault(word, PlatformOverride.NOTHING)));
        return builder.ci(ci)
                .outputDirectory(directory.resolve("out"))
                .buildDirectory(directory.resolve("build"))
                .failFast(failFast)
                .offline(offline)
                .timeout(timeout)
                .glibc(glibc.orElse(null))
                .allowedLibraries(allowedLibraries)
                .requiredExports(requiredExports)
                .build();
    }
}
