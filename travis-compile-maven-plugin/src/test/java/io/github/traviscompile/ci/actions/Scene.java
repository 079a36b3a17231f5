package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.http.CountedPause;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.standin.ActionsStandIn;
import io.github.traviscompile.standin.GitHubStandIn;
import io.github.traviscompile.standin.StandInRepository;
import io.github.traviscompile.standin.StandInToken;
import io.github.traviscompile.upload.HandshakeKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** A repository at the stand-in of GitHub, with a token that may do all that a run needs, and Actions in it. */
final class Scene implements AutoCloseable {

    static final CiTimeouts LIMITS = new CiTimeouts(Duration.ofMinutes(20), Duration.ofMinutes(60));
    static final HttpTimeouts PATIENCE = new HttpTimeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMillis(1), Duration.ofMillis(5));
    static final StandInToken TOKEN = StandInToken.fineGrained(
            "github_pat_of_the_scene",
            StandInToken.Right.READ,
            StandInToken.Right.PUSH,
            StandInToken.Right.WORKFLOWS,
            StandInToken.Right.ACTIONS);
    static final String MAIN = "fn main() {\n    println!(\"hello\");\n}\n";

    /** Of every scene: to make one takes as long as a whole test. */
    private static final HandshakeKey HANDSHAKE_KEY = HandshakeKey.random();

    final HandshakeKey helloKey = HANDSHAKE_KEY;
    final RunId run = RunId.random(new SecureRandom());
    final GitHubStandIn github;
    final StandInRepository repository;
    final ActionsStandIn actions;
    final ActionsCi ci;
    final CountedPause pause = new CountedPause();

    Scene(Path directory, InstantSource clock) throws Exception {
        this(directory, clock, TOKEN);
    }

    Scene(Path directory, InstantSource clock, StandInToken token) throws Exception {
        github = GitHubStandIn.start(directory, clock);
        github.add(token);
        repository = github.add(Legs.SLUG, true).withReadme();
        actions = github.actions();
        ci = ci(token.value(), clock);
    }

    /** Whose legs leave artifacts. */
    ActionsCi ciForArtifacts(InstantSource clock) {
        return ci(TOKEN.value(), clock, Optional.empty());
    }

    ActionsCi ci(String token, InstantSource clock) {
        return ci(token, clock, Optional.of(helloKey.publicKey()));
    }

    private ActionsCi ci(String token, InstantSource clock, Optional<PublicKey> key) {
        ActionsSite site = new ActionsSite(github.api(), github.web(), URI.create(actions.issuerUri()));
        return new ActionsCi(site, Legs.REPOSITORY, Secret.of(token), key, HttpSettings.of(PATIENCE, clock, pause));
    }

    /** The commit of a run of {@code legs}, which nothing is told of yet. */
    PushedCommit commit(ActionsProject project, List<Leg> legs, URI endpoint) throws Exception {
        SortedMap<String, byte[]> files = new TreeMap<>(LegFiles.of(run, Path.of(""), legs));
        // The key is of no use to them.
        LegKey key = LegKey.random(new SecureRandom());
        List<KeyedLeg> keyed = legs.stream()
                .map(leg -> new KeyedLeg(leg, Optional.of(key), Optional.of(endpoint)))
                .toList();
        files.putAll(project.files(Legs.BRANCH, keyed));
        files.put("source/Cargo.toml", bytes("[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2018\"\n"));
        files.put("source/src/main.rs", bytes(MAIN));
        String commit = repository.commit(Legs.BRANCH, "Compile", files);
        return new PushedCommit(Legs.BRANCH, commit, OptionalLong.empty());
    }

    void push(PushedCommit start) {
        actions.pushed(repository, start.branch(), start.commit());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        github.close();
    }
}
