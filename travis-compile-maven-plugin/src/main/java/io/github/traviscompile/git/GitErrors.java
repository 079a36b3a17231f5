package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.internal.JGitText;
import org.jspecify.annotations.Nullable;

/**
 * What a remote or the way to it had against a request, in words that name the cure. What the user can change is an
 * {@link ActionNeededException} and not worth another try; all else is a {@link WorkFailedException}.
 */
final class GitErrors {

    private static final String TOKEN = "the token of " + Parameter.GITHUB_SERVER_ID;
    private static final Parameter REPOSITORY = Parameter.REPOSITORY;
    private static final int LONGEST_QUOTE = 600;

    private GitErrors() {}

    /** @param what what failed, without a full stop */
    static CrossCompileException of(String what, GitRemote remote, IOException cause) {
        String begin = what + ": ";
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        if (cause instanceof NoRemoteRepositoryException) {
            return new ActionNeededException(
                    begin + "there is no repository " + remote.url() + ", or the token may not see it. Correct "
                            + REPOSITORY + ", or give " + TOKEN + " access to it.",
                    cause);
        }
        if (isAbout(message, JGitText.get().notAuthorized)) {
            return new ActionNeededException(
                    begin + remote.url().getHost() + " does not accept the token. Renew " + TOKEN + ".", cause);
        }
        if (isAbout(message, JGitText.get().serviceNotPermitted) || isAbout(message, JGitText.get().pushNotPermitted)) {
            return new ActionNeededException(
                    begin + "the token may not write to " + remote.url() + ". Give " + TOKEN
                            + " the permission 'Contents: read and write', or a classic one the scope 'repo'.",
                    cause);
        }
        if (isAbout(message, JGitText.get().redirectsOff)) {
            return new ActionNeededException(
                    begin + remote.url()
                            + " answers that the repository is elsewhere now, and a token is not sent after "
                            + "a redirect. Write the repository's present name into " + REPOSITORY + ".",
                    cause);
        }
        if (isAbout(message, JGitText.get().remoteDoesNotHaveSpec)) {
            return new ActionNeededException(begin + noBranch(remote), cause);
        }
        return new WorkFailedException(
                begin + "the exchange with " + remote.url() + " broke (" + quote(remote, reason(cause), "")
                        + "). Run the build again.",
                cause);
    }

    /** The rest of a sentence on a branch that is to be the base of ours. */
    static String noBranch(GitRemote remote) {
        return remote.url() + " has no such branch. A repository needs at least one commit for a pull request "
                + "to start from: add one, such as a README, on its page.";
    }

    /** JGit's messages say the URI first and, some of them, have places to fill. */
    private static boolean isAbout(String message, String text) {
        String longest = "";
        for (String part : text.split("\\{\\d\\}", -1)) {
            longest = part.length() > longest.length() ? part : longest;
        }
        return message.contains(longest.replace("''", "'"));
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }

    /**
     * The remote read the push and said no.
     *
     * @param reason what it said of the branch
     * @param remarks what it said to the user, with lines such as {@code error: GH013: Repository rule violations found}
     */
    static CrossCompileException ofPush(BranchName name, GitRemote remote, @Nullable String reason, String remarks) {
        String said = quote(remote, reason, remarks);
        String begin = remote.url() + " refused the branch " + name + ": " + said + ". ";
        String known = said.toLowerCase(Locale.ROOT);
        if (known.contains("workflow") && known.contains("scope")) {
            return new ActionNeededException(begin
                    + "The commit adds or removes workflow files, which takes a token with the scope 'workflow', or the "
                    + "permission 'Workflows: write'. Renew " + TOKEN + ".");
        }
        if (known.contains("secret")) {
            return new ActionNeededException(begin
                    + "Take the secret out of the project, or leave its file out with " + Parameter.EXCLUDES + ". "
                    + "It is not pushed in any other way.");
        }
        if (known.contains("gh013")
                || known.contains("gh006")
                || known.contains("protected")
                || known.contains("rule")) {
            return new ActionNeededException(begin
                    + "A rule of the repository forbids it (GH013 is a ruleset, GH006 a branch protection). Let the rule "
                    + "leave out refs/heads/" + BranchName.PREFIX + "**, or name another repository in " + REPOSITORY
                    + ".");
        }
        if (known.contains("gh001") || known.contains("exceeds")) {
            return new ActionNeededException(
                    begin + "Leave large files out of the snapshot with " + Parameter.EXCLUDES + ".");
        }
        return new WorkFailedException(begin + "Look at the repository's settings and hooks.");
    }

    /** Not trusted: one line of printable characters, with an end, and without the token should it be echoed. */
    static String quote(GitRemote remote, @Nullable String reason, String remarks) {
        String line = ((reason == null ? "" : reason) + "\n" + remarks)
                .lines()
                .map(part -> part.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(part -> !part.isEmpty())
                .distinct()
                .collect(Collectors.joining(" / "));
        String masked = remote.token().maskIn(line).replaceFirst("\\.$", "");
        return masked.length() <= LONGEST_QUOTE ? masked : masked.substring(0, LONGEST_QUOTE) + " …";
    }
}
