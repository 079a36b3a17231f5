package io.github.traviscompile.git;

import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.standin.GitHubStandIn;
import io.github.traviscompile.standin.StandInToken;
import io.github.traviscompile.standin.StandInToken.Right;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Serves empty repositories over HTTP until its input ends, or pushes a tree to one of them as a run of the plugin does:
 * {@code serve <directory> <token> <repository>...}, {@code push <tree> <store> <url> <token>}. The clock of a push runs
 * from the first use of the plugin's classes, as in a build that makes one run and ends.
 */
final class PrepareBench {

    public static void main(String[] args) throws Exception {
        if (args[0].equals("serve")) {
            serve(args);
        } else {
            push(Path.of(args[1]).toRealPath(), Path.of(args[2]), URI.create(args[3]), args[4]);
        }
    }

    private static void serve(String[] args) throws Exception {
        try (GitHubStandIn github = GitHubStandIn.start(Path.of(args[1]), InstantSource.system())) {
            github.add(StandInToken.fineGrained(args[2], Right.READ, Right.PUSH));
            for (int i = 3; i < args.length; i++) {
                github.add(args[i], true);
            }
            System.out.println(github.web());
            System.in.transferTo(System.err);
        }
    }

    private static void push(Path tree, Path store, URI url, String token) throws Exception {
        // What a run adds to the snapshot, for its size.
        Map<String, byte[]> extra = Map.of(
                ".travis.yml", "language: rust\n".repeat(100).getBytes(StandardCharsets.UTF_8),
                ".travis-compile/leg.sh", "cargo build --release\n".repeat(500).getBytes(StandardCharsets.UTF_8));
        Instant now = Instant.now();
        long start = System.nanoTime();
        try (Snapshot snapshot = Snapshot.take(SnapshotRequest.of(tree), store)) {
            BranchName name = new BranchName(now, RunId.random(new SecureRandom()));
            BranchRequest request = new BranchRequest(name, "main", "Compile the tree", now.plus(Duration.ofHours(3)));
            RemoteBranches branches = new RemoteBranches(new GitRemote(url, Secret.of(token)));
            // Stays open: the branch is wanted by who compares.
            TemporaryBranch branch = branches.prepare(snapshot, snapshot.wrap(new TreeMap<>(extra)), request)
                    .push();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(Locale.ROOT, "%.4f %s%n", seconds, branch.commit());
        }
    }
}
