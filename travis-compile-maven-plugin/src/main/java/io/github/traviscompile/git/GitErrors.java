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
 * Converts the errors of a remote or its network path into messages with a cure. An {@link ActionNeededException} has a
 * cause that the user can remove and is not retried; all others are a {@link WorkFailedException}.
 */
final class GitErrors {

    private static final String TOKEN = "the token of " + Parameter.GITHUB_SERVER_ID;
    private static final Parameter REPOSITORY = Parameter.REPOSITORY;
    private static final int LONGEST_QUOTE = 600;

    private GitErrors() {}

    /** @param what the failed action, without a full stop */
    static CrossCompileException of(String what, GitRemote remote, IOException cause) {
        String prefix = what + ": ";
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        if (cause instanceof NoRemoteRepositoryException) {
            return new ActionNeededException(
                    prefix + "there is no repository " + remote.url() + ", or the token may not see it. Correct "
                            + REPOSITORY + ", or give " + TOKEN + " access to it.",
                    cause);
        }
        if (isAbout(message, JGitText.get().notAuthorized)) {
            return new ActionNeededException(
                    prefix + remote.url().getHost() + " does not accept the token. Renew " + TOKEN + ".", cause);
        }
        if (isAbout(message, JGitText.get().serviceNotPermitted) || isAbout(message, JGitText.get().pushNotPermitted)) {
            return new ActionNeededException(
                    prefix + "the token may not write to " + remote.url() + ". Give " + TOKEN
                            + " the permission 'Contents: read and write', or a classic one the scope 'repo'.",
                    cause);
        }
        if (isAbout(message, JGitText.get().redirectsOff)) {
            return new ActionNeededException(
                    prefix + remote.url()
                            + " answers that the repository is elsewhere now, and a token is not sent after "
                            + "a redirect. Write the repository's new name into " + REPOSITORY + ".",
                    cause);
        }
        if (isAbout(message, JGitText.get().remoteDoesNotHaveSpec)) {
            return new ActionNeededException(prefix + noBranch(remote), cause);
        }
        return new WorkFailedException(
                prefix + "the exchange with " + remote.url() + " broke (" + quote(remote, reason(cause), "")
                        + "). Run the build again.",
                cause);
    }

    /** Returns the second half of a message about a missing base branch. */
    static String noBranch(GitRemote remote) {
        return remote.url() + " has no such branch. A repository needs at least one commit for a pull request "
                + "to start from: add one, such as a README, on its page.";
    }

    /** JGit's messages start with the URI, and some have placeholders. */
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
     * Returns the error for a push that the remote rejected.
     *
     * @param reason the remote's reason for the branch
     * @param remarks the remote's messages to the user, such as {@code error: GH013: Repository rule violations found}
     */
    static CrossCompileException ofPush(BranchName name, GitRemote remote, @Nullable String reason, String remarks) {
        String answer = quote(remote, reason, remarks);
        String prefix = remote.url() + " refused the branch " + name + ": " + answer + ". ";
        String lowerCase = answer.toLowerCase(Locale.ROOT);
        if (lowerCase.contains("workflow") && lowerCase.contains("scope")) {
            return new ActionNeededException(prefix
                    + "The commit adds or removes workflow files, which takes a token with the scope 'workflow', or the "
                    + "permission 'Workflows: write'. Renew " + TOKEN + ".");
        }
        if (lowerCase.contains("secret")) {
            return new ActionNeededException(prefix + "Remove the secret from the project, or leave its file out with "
                    + Parameter.EXCLUDES + ". There is no other way to push it.");
        }
        if (lowerCase.contains("gh013")
                || lowerCase.contains("gh006")
                || lowerCase.contains("protected")
                || lowerCase.contains("rule")) {
            return new ActionNeededException(prefix
                    + "A rule of the repository forbids it (GH013 is a ruleset, GH006 a branch protection). Let the rule "
                    + "leave out refs/heads/" + BranchName.PREFIX + "**, or name another repository in " + REPOSITORY
                    + ".");
        }
        if (lowerCase.contains("gh001") || lowerCase.contains("exceeds")) {
            return new ActionNeededException(
                    prefix + "Leave large files out of the snapshot with " + Parameter.EXCLUDES + ".");
        }
        return new WorkFailedException(prefix + "Look at the repository's settings and hooks.");
    }

    /**
     * Sanitises remote text: one line of printable characters, bounded, and without the token if the remote echoes it.
     */
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
