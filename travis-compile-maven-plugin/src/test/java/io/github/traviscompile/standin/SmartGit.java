package io.github.traviscompile.standin;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The smart HTTP protocol of git over a bare repository (gitprotocol-http(5)), with the refusals that GitHub makes. */
final class SmartGit {

    private SmartGit() {}

    /** What to answer, without sending it. */
    static byte[] serve(
            HttpServerExchange exchange,
            StandInRepository repository,
            StandInToken token,
            String service,
            Consumer<GitHubEvent> listener)
            throws IOException {
        boolean advertise = exchange.getRequestPath().endsWith("/info/refs");
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, "application/x-" + service + (advertise ? "-advertisement" : "-result"))
                .put(Headers.CACHE_CONTROL, "no-cache");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (advertise) {
            PacketLineOut lines = new PacketLineOut(out);
            lines.writeString("# service=" + service + "\n");
            lines.end();
        }
        if (service.equals("git-upload-pack")) {
            upload(exchange, repository, advertise, out);
        } else {
            receive(exchange, repository, token, listener, advertise, out);
        }
        return out.toByteArray();
    }

    private static void upload(
            HttpServerExchange exchange, StandInRepository repository, boolean advertise, ByteArrayOutputStream out)
            throws IOException {
        try (UploadPack pack = new UploadPack(repository.git)) {
            pack.setBiDirectionalPipe(false);
            String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
            pack.setExtraParameters(protocol == null ? List.of() : List.of(protocol.split(":", -1)));
            if (advertise) {
                pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(new PacketLineOut(out)), "git-upload-pack");
            } else {
                pack.upload(body(exchange), out, null);
            }
        }
    }

    private static void receive(
            HttpServerExchange exchange,
            StandInRepository repository,
            StandInToken token,
            Consumer<GitHubEvent> listener,
            boolean advertise,
            ByteArrayOutputStream out)
            throws IOException {
        ReceivePack pack = new ReceivePack(repository.git);
        pack.setBiDirectionalPipe(false);
        // GitHub refuses to take what its fsck refuses.
        pack.setCheckReceivedObjects(true);
        pack.setPreReceiveHook(
                (receiving, commands) -> commands.forEach(command -> judge(receiving, command, repository, token)));
        pack.setPostReceiveHook((receiving, commands) -> commands.stream()
                .filter(command -> command.getType() != ReceiveCommand.Type.DELETE)
                .filter(command -> command.getRefName().startsWith(Constants.R_HEADS))
                .map(command -> new GitHubEvent(
                        repository,
                        command.getRefName().substring(Constants.R_HEADS.length()),
                        command.getNewId().name(),
                        OptionalInt.empty()))
                .forEach(listener));
        if (advertise) {
            pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(new PacketLineOut(out)));
        } else {
            pack.receive(body(exchange), out, null);
        }
    }

    private static void judge(
            ReceivePack pack, ReceiveCommand command, StandInRepository repository, StandInToken token) {
        if (repository.protectedRefs.test(command.getRefName())) {
            pack.sendMessage("error: GH013: Repository rule violations found for " + command.getRefName() + ".");
            pack.sendMessage("");
            pack.sendMessage("- Cannot create ref due to creations being restricted.");
            command.setResult(
                    ReceiveCommand.Result.REJECTED_OTHER_REASON, "push declined due to repository rule violations");
        } else if (command.getType() != ReceiveCommand.Type.DELETE
                && !token.rights().contains(StandInToken.Right.WORKFLOWS)
                && changesWorkflows(repository, command.getNewId())) {
            command.setResult(
                    ReceiveCommand.Result.REJECTED_OTHER_REASON,
                    "refusing to allow a Personal Access Token to create or update workflow "
                            + "`.github/workflows/build.yml` without `workflow` scope");
        }
    }

    private static boolean changesWorkflows(StandInRepository repository, ObjectId id) {
        try (RevWalk walk = new RevWalk(repository.git)) {
            RevCommit commit = walk.parseCommit(id);
            try (TreeWalk found = TreeWalk.forPath(repository.git, ".github/workflows", commit.getTree())) {
                return found != null;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream body(HttpServerExchange exchange) throws IOException {
        InputStream body = exchange.getInputStream();
        return "gzip".equals(exchange.getRequestHeaders().getFirst(Headers.CONTENT_ENCODING))
                ? new GZIPInputStream(body)
                : body;
    }
}
