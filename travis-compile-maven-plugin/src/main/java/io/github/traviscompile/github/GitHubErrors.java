package io.github.traviscompile.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.WorkFailedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.HttpException;

/** GitHub's failures as messages that name the cure. */
final class GitHubErrors {

    private static final String TOKEN = "the token of " + Parameter.GITHUB_SERVER_ID;
    private static final Parameter REPOSITORY = Parameter.REPOSITORY;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_QUOTE = 400;

    private final GitHubAccess access;
    private final RepositoryName repository;

    GitHubErrors(GitHubAccess access, RepositoryName repository) {
        this.access = access;
        this.repository = repository;
    }

    /** @param what what failed, without a full stop */
    CrossCompileException of(String what, IOException cause) {
        String begin = what + ": ";
        Connector.MovedException moved = find(cause, Connector.MovedException.class);
        if (moved != null) {
            return new ActionNeededException(
                    begin + "GitHub says that " + repository
                            + " is elsewhere now, and the token is not sent after a redirect. "
                            + "Write the repository's present name into " + REPOSITORY + ".",
                    cause);
        }
        ServiceBusyException busy = find(cause, ServiceBusyException.class);
        if (busy instanceof GitHubApi.RateLimitException) {
            return new WorkFailedException(
                    begin + "GitHub " + busy.getMessage() + ", and "
                            + busy.retryAfter().toSeconds()
                            + " s more are longer than this run waits. Run the build again later,"
                            + " with fewer runs of the same token at a time.",
                    cause);
        }
        if (busy != null) {
            return new WorkFailedException(
                    begin + "GitHub " + busy.getMessage() + " at " + access.api() + ". Run the build again.", cause);
        }
        return switch (status(cause)) {
            case 401 ->
                new ActionNeededException(
                        begin + "GitHub does not accept the token (401" + said(cause) + "). Renew " + TOKEN
                                + "; tokens are made at " + access.web() + "/settings/tokens.",
                        cause);
            case 403 -> forbidden(begin, cause);
            case 404 ->
                new ActionNeededException(
                        begin + "there is no repository " + repository + " at " + access.web()
                                + ", or the token may not see it. Correct " + REPOSITORY + ", or give " + TOKEN
                                + " access to it.",
                        cause);
            case 422 ->
                new ActionNeededException(
                        begin + "GitHub refuses it (422" + said(cause) + "). Look at " + access.web() + "/" + repository
                                + "/settings.",
                        cause);
            default ->
                new WorkFailedException(
                        begin + "GitHub "
                                + (status(cause) > 0
                                        ? "answers " + status(cause) + said(cause)
                                        : "cannot be reached at " + access.api() + " (" + reason(cause) + ")")
                                + ". Run the build again.",
                        cause);
        };
    }

    private CrossCompileException forbidden(String begin, IOException cause) {
        String said = said(cause);
        if (said.contains("SAML") || said.contains("SSO")) {
            return new ActionNeededException(
                    begin + "the organisation wants its single sign-on (403" + said + "). Authorise " + TOKEN + " for "
                            + repository.owner() + " at " + access.web() + "/settings/tokens.",
                    cause);
        }
        return new ActionNeededException(
                begin + "the token may not do that (403" + said + "). Give " + TOKEN + " for " + repository
                        + " the permissions 'Contents: read and write' and 'Pull requests: read and write', or a classic "
                        + "one the scope 'repo', at " + access.web() + "/settings/tokens.",
                cause);
    }

    /** Returns the HTTP status behind a failure, 0 if there was no reply. */
    static int status(IOException failure) {
        HttpException http = find(failure, HttpException.class);
        if (http != null && http.getResponseCode() > 0) {
            return http.getResponseCode();
        }
        return find(failure, GHFileNotFoundException.class) != null || failure instanceof FileNotFoundException
                ? 404
                : 0;
    }

    /** Whether GitHub may have executed this request, or an earlier attempt, in spite of the failure. */
    static boolean mayHaveSucceeded(IOException failure) {
        if (find(failure, Connector.MovedException.class) != null
                || find(failure, GitHubApi.RateLimitException.class) != null
                || find(failure, InterruptedIOException.class) != null) {
            return false;
        }
        int status = status(failure);
        return status == 0 || status >= 500 || message(failure).contains("already exists");
    }

    /** Returns GitHub's message and those about single fields. */
    static String message(IOException failure) {
        HttpException http = find(failure, HttpException.class);
        String body = http == null ? null : http.getMessage();
        if (body == null) {
            return "";
        }
        Set<String> messages = new LinkedHashSet<>();
        try {
            JsonNode answer = JSON.readTree(body);
            messages.add(answer.path("message").asText());
            answer.path("errors")
                    .forEach(error -> messages.add(error.path("message")
                            .asText(error.path("field").asText("") + " "
                                    + error.path("code").asText(""))));
        } catch (JsonProcessingException e) {
            // A proxy before GitHub sent a page for browsers.
            return "";
        }
        messages.removeIf(String::isBlank);
        String line = String.join(" / ", messages).replaceAll("\\p{Cntrl}", " ").replaceFirst("\\.$", "");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + " …";
    }

    private String said(IOException failure) {
        String message = access.token().maskIn(message(failure));
        return message.isEmpty() ? "" : ": " + message;
    }

    static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String name = deepest.getClass().getSimpleName();
        return deepest.getMessage() == null ? name : deepest.getMessage();
    }

    private static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
