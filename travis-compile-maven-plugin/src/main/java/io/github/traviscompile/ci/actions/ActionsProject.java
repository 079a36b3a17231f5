package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.github.GitHubApi;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.TransportKind;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A repository in which GitHub Actions is ready. No secret is put into the commit: each leg makes its key itself and proves
 * who it is, which {@link #objection} judges once there is a push to judge by; or it has none and leaves its outputs to
 * GitHub, of which {@link #artifacts} brings them.
 */
public final class ActionsProject implements CiProject {

    private final ActionsCi ci;
    private final ActionsRepository repository;
    private final Map<String, String> objections = new ConcurrentHashMap<>();
    private volatile @Nullable ActionsTokenVerifier judge;
    private volatile @Nullable PushedCommit watched;

    ActionsProject(ActionsCi ci, ActionsRepository repository) {
        this.ci = ci;
        this.repository = repository;
    }

    /**
     * The workflow and, for each leg, where it says hello and the public key to which it wraps its own, or the folder in
     * which it leaves its outputs.
     */
    @Override
    public SortedMap<String, byte[]> files(String branch, List<KeyedLeg> legs) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Optional<PublicKey> key = ci.helloKey();
        files.put(
                ActionsFile.PATH,
                ActionsFile.of(
                        branch,
                        legs.stream().map(KeyedLeg::leg).toList(),
                        key.isPresent() ? TransportKind.TUNNEL : TransportKind.ARTIFACTS));
        for (KeyedLeg leg : legs) {
            String name = LegFiles.DIRECTORY + "/" + leg.leg().id();
            if (key.isPresent()) {
                files.put(name + ".hello", hello(leg, key.get()));
            } else {
                files.put(name + ".artifacts", ("folder=" + LegFiles.OUTPUTS + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static byte[] hello(KeyedLeg leg, PublicKey key) {
        String base64 = Base64.getEncoder().encodeToString(key.getEncoded());
        return ("url=" + leg.requireEndpoint() + "\npublic_key=" + base64 + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public CiWatch watch(PushedCommit start, List<Leg> legs, CiTimeouts limits) {
        GitHubApi forTokens = ci.newApi();
        watched = start;
        judge = new ActionsTokenVerifier(forTokens, ci.site().issuer(), repository, start);
        return new ActionsWatch(ci.ownApi(), ci.site(), repository.name(), start, legs, limits);
    }

    @Override
    public Optional<String> objection(String leg, String token, String audience) throws InterruptedException {
        ActionsTokenVerifier current = judge;
        Optional<String> objection =
                current == null ? Optional.of("nothing has been pushed yet") : current.objection(leg, token, audience);
        objection.ifPresentOrElse(why -> objections.put(leg, why), () -> objections.remove(leg));
        return objection;
    }

    /** What the jobs leave that {@link #watch} follows, for one more thread; empty before it does. */
    public Optional<RunArtifacts> artifacts() {
        PushedCommit start = watched;
        return start == null
                ? Optional.empty()
                : Optional.of(new RunArtifacts(ci.newApi(), ci.site(), repository.name(), start));
    }

    @Override
    public Optional<String> lastObjection(String leg) {
        return Optional.ofNullable(objections.get(leg));
    }
}
