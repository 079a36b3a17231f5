package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The search for the build of our commit, or for the reason of its absence. For a pull request, a build's own commit is
 * the merge and its branch the base. Only the request for the build names our commit.
 */
final class BuildSearch {

    private static final String NEWEST = "limit=25";

    private final TravisApi api;
    private final TravisRepository repository;
    private final TravisEvent event;
    private final PushedCommit start;
    private String state = "";

    BuildSearch(TravisApi api, TravisRepository repository, TravisEvent event, PushedCommit start) {
        this.api = api;
        this.repository = repository;
        this.event = event;
        this.start = start;
    }

    /** Returns the build's id; empty while Travis CI may still start one. */
    Optional<Long> find() throws CrossCompileException, ServiceBusyException, InterruptedException {
        Optional<Long> build = findBuild();
        if (build.isEmpty()) {
            requireNotRejected();
        }
        return build;
    }

    /** Returns the build's id, if one look finds it. */
    Optional<Long> findQuietly() throws CrossCompileException, InterruptedException {
        try {
            return findBuild();
        } catch (ServiceBusyException e) {
            throw new WorkFailedException(
                    "Whether Travis CI has begun a build for " + inWords() + " could not be found out: it "
                            + e.getMessage() + ". If there is one at "
                            + api.site().repositoryPage(repository.name()) + ", cancel it.",
                    e);
        }
    }

    /** Returns the name, in messages, of the event that starts the build. */
    String inWords() {
        return start.pullRequest().isPresent()
                ? "the pull request #" + start.pullRequest().getAsLong()
                : "the branch '" + start.branch() + "'";
    }

    /** Returns a sentence on the event's state as last seen. */
    String state() {
        return state.isEmpty()
                ? "it has heard nothing of the commit, so GitHub did not tell it. Check on GitHub that Travis CI has"
                        + " access to the repository (Settings, Applications)."
                : "it has heard of the commit, and its request is " + state + ".";
    }

    private Optional<Long> findBuild() throws CrossCompileException, ServiceBusyException, InterruptedException {
        String path = repository.path() + "/builds?event_type="
                + event.id()
                + (event == TravisEvent.PULL_REQUEST ? "" : "&branch.name=" + encoded(start.branch()))
                + "&sort_by=id:desc&" + NEWEST;
        for (ApiJson build : ApiJson.of(api.get(path)).list("builds")) {
            if (isOurs(build)) {
                return build.number("id");
            }
        }
        return Optional.empty();
    }

    private boolean isOurs(ApiJson build) throws CrossCompileException, ServiceBusyException, InterruptedException {
        if (start.pullRequest().isEmpty()) {
            return build.member("commit")
                    .flatMap(commit -> commit.string("sha"))
                    .filter(start.commit()::equals)
                    .isPresent();
        }
        long wanted = start.pullRequest().getAsLong();
        if (build.number("pull_request_number")
                .filter(number -> number == wanted)
                .isEmpty()) {
            return false;
        }
        Optional<Long> request = build.member("request").flatMap(json -> json.number("id"));
        if (request.isPresent()) {
            Optional<String> head = ApiJson.of(api.get(repository.path() + "/request/" + request.get()))
                    .string("head_commit");
            if (head.filter(commit -> !commit.equals(start.commit())).isPresent()) {
                throw new WorkFailedException("Travis CI builds the commit " + head.get() + " for " + inWords()
                        + " of " + repository.name() + ", which is not this run's " + start.commit()
                        + ": somebody pushed to its branch. Nothing of it is used; start the run again.");
            }
        }
        return true;
    }

    private void requireNotRejected() throws CrossCompileException, ServiceBusyException, InterruptedException {
        List<ApiJson> requests =
                ApiJson.of(api.get(repository.path() + "/requests?" + NEWEST)).list("requests");
        for (ApiJson request : requests) {
            Optional<String> commit = request.string("head_commit")
                    .or(() -> request.member("commit").flatMap(json -> json.string("sha")));
            // The push of a pull request's branch makes a request too, which our file has rejected.
            boolean ourEvent =
                    request.string("event_type").filter(event.id()::equals).isPresent();
            if (!ourEvent || commit.filter(start.commit()::equals).isEmpty()) {
                continue;
            }
            state = request.string("state").orElse("unknown");
            if (request.string("result").filter("rejected"::equals).isPresent()) {
                throw rejected(request);
            }
        }
    }

    private ActionNeededException rejected(ApiJson request)
            throws CrossCompileException, ServiceBusyException, InterruptedException {
        String why = request.string("message").orElse("no reason given");
        String messages = messages(request);
        why += messages.isEmpty() ? "" : " (" + messages + ")";
        return new ActionNeededException("Travis CI refused to build " + inWords() + " of " + repository.name() + ": "
                + why.replaceFirst("\\.$", "") + ". See "
                + api.site().requestsPage(repository.name()) + ".");
    }

    /** Returns the errors of the validation of .travis.yml, if the service shows them. */
    private String messages(ApiJson request) throws CrossCompileException, ServiceBusyException, InterruptedException {
        HttpReply answer =
                api.get(repository.path() + "/request/" + request.number("id").orElse(0L) + "/messages");
        if (answer.withheld()) {
            return "";
        }
        return ApiJson.of(answer).list("messages").stream()
                .filter(message -> message.string("level").orElse("").matches("error|alert"))
                .map(message -> message.string("key").orElse("") + " "
                        + message.string("code").orElse(""))
                .collect(Collectors.joining("; "));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
