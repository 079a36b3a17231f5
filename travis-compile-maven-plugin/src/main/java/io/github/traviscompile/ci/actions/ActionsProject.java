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
 * A repository in which GitHub Actions is ready. The commit holds no secret. Each leg either makes its own key and
 * authenticates by a token, which {@link #objection} verifies after the push. Or it has no key and leaves its outputs
 * at GitHub, from which {@link #artifacts} downloads them.
 */
public final class ActionsProject implements CiProject {

    private final ActionsCi ci;
    private final ActionsRepository repository;
    private final Map<String, String> objections = new ConcurrentHashMap<>();
    private volatile @Nullable ActionsTokenVerifier verifier;
    private volatile @Nullable PushedCommit watched;

    ActionsProject(ActionsCi ci, ActionsRepository repository) {
        this.ci = ci;
        this.repository = repository;
    }

    /**
     * Returns the workflow and a file for each leg. That holds the address of the handshake and the public key that
     * encrypts the leg's own; or the folder for its outputs.
     */
    @Override
    public SortedMap<String, byte[]> files(String branch, List<KeyedLeg> legs) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Optional<PublicKey> key = ci.handshakeKey();
        files.put(
                ActionsFile.PATH,
                ActionsFile.of(
                        branch,
                        legs.stream().map(KeyedLeg::leg).toList(),
                        key.isPresent() ? TransportKind.TUNNEL : TransportKind.ARTIFACTS));
        for (KeyedLeg leg : legs) {
            String name = LegFiles.DIRECTORY + "/" + leg.leg().id();
            if (key.isPresent()) {
                files.put(name + ".hello", handshakeFile(leg, key.get()));
            } else {
                files.put(name + ".artifacts", ("folder=" + LegFiles.OUTPUTS + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static byte[] handshakeFile(KeyedLeg leg, PublicKey key) {
        String base64 = Base64.getEncoder().encodeToString(key.getEncoded());
        return ("url=" + leg.requireEndpoint() + "\npublic_key=" + base64 + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public CiWatch watch(PushedCommit start, List<Leg> legs, CiTimeouts limits) {
        GitHubApi tokenClient = ci.newApi();
        watched = start;
        verifier = new ActionsTokenVerifier(tokenClient, ci.site().issuer(), repository, start);
        return new ActionsWatch(ci.ownApi(), ci.site(), repository.name(), start, legs, limits);
    }

    @Override
    public Optional<String> objection(String leg, String token, String audience) throws InterruptedException {
        ActionsTokenVerifier current = verifier;
        Optional<String> objection =
                current == null ? Optional.of("nothing has been pushed yet") : current.objection(leg, token, audience);
        objection.ifPresentOrElse(why -> objections.put(leg, why), () -> objections.remove(leg));
        return objection;
    }

    /**
     * Returns the artifacts of the jobs that {@link #watch} follows, for one more thread; empty before {@link #watch}.
     */
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
