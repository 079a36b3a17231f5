package io.github.traviscompile.git;

import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commit that a working tree was checked out from, regardless of later changes.
 *
 * @param repository the public URL of the remote {@code origin}, without user and password; empty for one that only
 *     this machine can reach
 */
public record BaseCommit(CommitId id, Optional<URI> repository) {

    private static final String REFERENCE = "ref: ";
    private static final Set<String> SCHEMES = Set.of("http", "https", "ssh", "git");

    /** {@code [user@]host:path} (git-clone(1), "GIT URLS"); a single letter is a Windows drive. */
    private static final Pattern SCP = Pattern.compile("(?:[^@/:]*@)?([A-Za-z0-9.-]{2,}):/?(?![/:])(.+)");

    /**
     * Reads the repository that {@code directory} belongs to.
     *
     * @return empty without a repository or a readable commit
     */
    public static Optional<BaseCommit> of(Path directory) throws CrossCompileException {
        try {
            for (Path at = directory.toRealPath(); at != null; at = at.getParent()) {
                Optional<Path> found = GitDirectory.locate(at.resolve(".git"));
                if (found.isPresent()) {
                    Optional<CommitId> head = head(found.get());
                    Optional<String> origin = head.isPresent() ? Origin.of(at) : Optional.empty();
                    return head.map(id -> new BaseCommit(id, origin.flatMap(BaseCommit::publicUri)));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The git repository of '" + directory + "' cannot be read", e, "Make it readable for this user.");
        }
    }

    /** Returns the commit of HEAD, direct or through a branch (gitrepository-layout(5)). */
    private static Optional<CommitId> head(Path gitDirectory) throws IOException {
        String head = Files.readString(gitDirectory.resolve("HEAD")).strip();
        if (!head.startsWith(REFERENCE)) {
            return commit(head);
        }
        String branch = head.substring(REFERENCE.length());
        Path common = GitDirectory.common(gitDirectory);
        for (Path place : List.of(gitDirectory, common)) {
            Path file = place.resolve(branch);
            if (Files.isRegularFile(file)) {
                return commit(Files.readString(file).strip());
            }
        }
        Path packed = common.resolve("packed-refs");
        if (!Files.isRegularFile(packed)) {
            return Optional.empty();
        }
        return Files.readAllLines(packed).stream()
                .filter(line -> line.endsWith(" " + branch))
                .findFirst()
                .flatMap(line -> commit(line.substring(0, line.length() - branch.length() - 1)));
    }

    private static Optional<CommitId> commit(String text) {
        return text.matches("[0-9a-f]{40}") ? Optional.of(new CommitId(text)) : Optional.empty();
    }

    /** Returns a remote's URL without credentials; empty for local addresses. */
    static Optional<URI> publicUri(String remote) {
        try {
            Matcher scp = SCP.matcher(remote);
            if (!remote.contains("://") && scp.matches()) {
                return Optional.of(uri("ssh", scp.group(1), -1, "/" + scp.group(2)));
            }
            URI uri = new URI(remote);
            return uri.getScheme() == null || uri.getHost() == null || !SCHEMES.contains(lower(uri.getScheme()))
                    ? Optional.empty()
                    : Optional.of(uri(uri.getScheme(), uri.getHost(), uri.getPort(), uri.getPath()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static URI uri(String scheme, String host, int port, String path) throws URISyntaxException {
        return URI.create(new URI(lower(scheme), null, lower(host), port, path, null, null).toASCIIString());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
