package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One account on one Travis CI, for one repository and one kind of event. Each method sends its own requests, the
 * constructor none; only {@link TravisWatch#close} changes anything. One thread uses it at a time.
 */
public final class TravisCi implements CiService {

    /** Travis CI's own service. */
    public static final URI HOSTED = URI.create("https://api.travis-ci.com");

    /**
     * The values of {@code subscription_type} of an account with credits, and of one without any plan. Others, such as
     * those of private installations, count no credits.
     */
    private static final long CREDITS = 2;

    private static final long NO_PLAN = 3;

    private static final String WHERE_TOKENS_GO = " into the <server> of settings.xml that "
            + Parameter.TRAVIS_SERVER_ID + " names, or into the" + " environment variable TRAVIS_TOKEN";

    private final TravisApi api;
    private final RepositoryName name;
    private final TravisEvent event;

    /**
     * Sends no request yet.
     *
     * @param apiUrl {@link #HOSTED}, or the API of the user's own installation
     */
    public TravisCi(URI apiUrl, Secret token, RepositoryName name, TravisEvent event, HttpSettings settings)
            throws ActionNeededException {
        this.api = new TravisApi(site(apiUrl), token, settings);
        this.name = name;
        this.event = event;
    }

    /**
     * Returns the reason why Travis CI cannot compile for {@code platform} on any of its machines; sends no request.
     *
     * @param apiUrl {@link #HOSTED}, or the API of the user's own installation
     * @return the rest of a sentence that begins with Travis CI
     */
    static Optional<String> unsupportedReason(Platform platform, URI apiUrl) throws ActionNeededException {
        Optional<TravisMachine> machine = TravisMachine.of(platform);
        if (machine.isEmpty()) {
            return Optional.of("has no machine for it");
        }
        if (machine.get().isMac() && site(apiUrl).isHosted()) {
            return Optional.of("has had no macOS machines since 2025-03-31"
                    + (platform == Platform.OSX_X86_32 ? ", and no other service has any with an SDK for 32 bit" : "")
                    + ", unless " + Parameter.TRAVIS_API_URL + " names an installation of your own that has"
                    + " the image " + machine.get().keys().get("osx_image"));
        }
        return Optional.empty();
    }

    private static TravisSite site(URI apiUrl) throws ActionNeededException {
        try {
            return new TravisSite(apiUrl);
        } catch (IllegalArgumentException e) {
            throw new ActionNeededException(
                    e.getMessage() + " Correct " + Parameter.TRAVIS_API_URL + ", for example to " + HOSTED + ".", e);
        }
    }

    @Override
    public Service service() {
        return TravisProvider.SERVICE;
    }

    @Override
    public URI api() {
        return api.site().api();
    }

    @Override
    public URI page() {
        return api.site().repositoryPage(name);
    }

    /** Requires a valid token, a known and active repository, an enabled event, and credit. */
    @Override
    public TravisProject requireReady(List<Leg> legs) throws CrossCompileException, InterruptedException {
        TravisRepository repository = find();
        requireActive(repository);
        requireSetting(repository);
        requireCredit(repository);
        return new TravisProject(this, api, repository, event);
    }

    @Override
    public void cancel(PushedCommit start) throws CrossCompileException, InterruptedException {
        new TravisWatch(api, find(), event, start, List.of(), CiTimeouts.NONE).close();
    }

    @Override
    public void shortenTimeouts() {
        api.shortenTimeouts();
    }

    private void requireToken() throws CrossCompileException, InterruptedException {
        if (ask("check the token", "/user").isEmpty()) {
            throw new ActionNeededException(
                    "Travis CI does not accept the token for " + api.site().api() + ". Take the one shown at "
                            + api.site().tokenPage() + " and put it" + WHERE_TOKENS_GO + ".");
        }
    }

    /** Reads the repository, ready or not; fails if the token's account must not see it. */
    private TravisRepository find() throws CrossCompileException, InterruptedException {
        requireToken();
        ApiJson answer = ask("look up the repository", "/repo/" + name.owner() + "%2F" + name.name())
                .orElseThrow(() -> new ActionNeededException("Travis CI does not know the repository '" + name
                        + "', or the token's account may not see it. Give Travis CI access to it on GitHub (Settings,"
                        + " Applications, Travis CI), wait until it has synchronized, and see that it appears at "
                        + api.site().repositoryPage(name) + "."));
        long id = answer.number("id")
                .orElseThrow(() -> new WorkFailedException("Travis CI's answer for the repository '" + name
                        + "' has no id, so it is not that of API v3." + " Check " + Parameter.TRAVIS_API_URL + "."));
        String owner =
                answer.member("owner").flatMap(json -> json.string("login")).orElse(name.owner());
        return new TravisRepository(
                id,
                name,
                owner,
                answer.flag("active").orElse(false),
                answer.flag("private").orElse(true));
    }

    private void requireActive(TravisRepository repository) throws ActionNeededException {
        if (!repository.isActive()) {
            throw new ActionNeededException(
                    "The repository '" + repository.name() + "' is switched off on Travis CI, so that nothing"
                            + " of it is built. Switch it on at " + api.site().settingsPage(repository.name()) + ".");
        }
    }

    private void requireSetting(TravisRepository repository) throws CrossCompileException, InterruptedException {
        ApiJson settings = ask("read the repository's settings", repository.path() + "/settings")
                .orElseThrow(() -> noAccess(repository, "its settings"));
        for (ApiJson setting : settings.list("settings")) {
            boolean off = setting.flag("value").filter(on -> !on).isPresent();
            if (off && setting.string("name").filter(event.setting()::equals).isPresent()) {
                throw new ActionNeededException("The repository '" + repository.name() + "' on Travis CI has '"
                        + event.settingTitle() + "' switched off, so that the run would wait in vain. Switch it on at "
                        + api.site().settingsPage(repository.name())
                        + ", or set " + Parameter.PULL_REQUEST + " to "
                        + (event == TravisEvent.PUSH) + ".");
            }
        }
    }

    private void requireCredit(TravisRepository repository) throws CrossCompileException, InterruptedException {
        Optional<ApiJson> allowance =
                ask("read the account's allowance", "/owner/" + repository.owner() + "/allowance");
        long subscription =
                allowance.flatMap(json -> json.number("subscription_type")).orElse(0L);
        String kind = repository.isPrivate() ? "private_repos" : "public_repos";
        boolean used =
                allowance.flatMap(json -> json.flag(kind)).filter(left -> !left).isPresent();
        if (subscription == NO_PLAN || (subscription == CREDITS && used)) {
            throw new ActionNeededException("The account '" + repository.owner() + "' has "
                    + (subscription == NO_PLAN ? "no plan" : "no credits left") + " on Travis CI for "
                    + (repository.isPrivate() ? "private" : "public")
                    + " repositories, so that no build would start. See"
                    + " https://app.travis-ci.com/account/plan, or use another service with " + Parameter.CI + ".");
        }
    }

    /** Reads the key that encrypts {@code secure} entries for the repository. */
    TravisKey key(TravisRepository repository) throws CrossCompileException, InterruptedException {
        ApiJson answer = ask("read the repository's public key", repository.path() + "/key_pair/generated")
                .orElseThrow(() -> noAccess(repository, "its public key"));
        return TravisKey.ofPem(answer.string("public_key").orElse(""));
    }

    private ActionNeededException noAccess(TravisRepository repository, String what) {
        return new ActionNeededException("Travis CI does not show " + what + " of the repository '" + repository.name()
                + "' to the token's account. Use the token of an account with write access to it on GitHub,"
                + WHERE_TOKENS_GO.replaceFirst("^ into", " put into") + ".");
    }

    /** Reads the object at {@code path}; empty if the service withholds it. */
    private Optional<ApiJson> ask(String what, String path) throws WorkFailedException, InterruptedException {
        return api.retry(what, () -> {
            HttpReply answer = api.get(path);
            return answer.withheld() ? Optional.empty() : Optional.of(ApiJson.of(answer));
        });
    }
}
