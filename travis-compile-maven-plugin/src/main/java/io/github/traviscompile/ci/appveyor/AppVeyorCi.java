package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.http.ApiClient;
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
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One account on one AppVeyor (appveyor.com/docs/api). Each method sends its own requests, the constructor none; only
 * closing a watch changes anything. One thread uses it at a time.
 */
public final class AppVeyorCi implements CiService {

    /** AppVeyor's own service. */
    public static final URI HOSTED = URI.create("https://ci.appveyor.com/api");

    /**
     * The start of a user's token; an account's begins otherwise. The addresses for a user's token name the account.
     */
    private static final String USER_TOKEN = "v2.";

    private static final String TOKEN_PLACE = "into the <server> of settings.xml that " + Parameter.APPVEYOR_SERVER_ID
            + " names, or" + " into the environment variable APPVEYOR_TOKEN";

    private final AppVeyorSite site;
    private final RepositoryName repository;
    private final String account;
    private final boolean userToken;
    private final ApiClient api;
    private final Encryption encryption;

    /**
     * Sends no request yet.
     *
     * @param apiUrl {@link #HOSTED}, or the API of the user's own installation
     * @param account the owner of the project, needed only for a token that begins with {@code v2.}; if empty, the
     *     repository's owner
     */
    public AppVeyorCi(
            URI apiUrl, RepositoryName repository, Optional<String> account, Secret token, HttpSettings settings)
            throws ActionNeededException {
        this.site = site(apiUrl);
        this.repository = repository;
        this.account = account.orElse(repository.owner());
        this.userToken = token.reveal().startsWith(USER_TOKEN);
        URI base = userToken
                ? URI.create(site.api() + "/account/" + AppVeyorProjectData.encoded(this.account))
                : site.api();
        this.api = new ApiClient("AppVeyor", base, site.statusPage(), token, settings);
        this.encryption = new Encryption(api, userToken, site.tokenPage(), TOKEN_PLACE);
    }

    private static AppVeyorSite site(URI apiUrl) throws ActionNeededException {
        try {
            return new AppVeyorSite(apiUrl);
        } catch (IllegalArgumentException e) {
            throw new ActionNeededException(
                    e.getMessage() + " Correct " + Parameter.APPVEYOR_API_URL + ", for example to " + HOSTED + ".", e);
        }
    }

    @Override
    public Service service() {
        return AppVeyorProvider.SERVICE;
    }

    @Override
    public URI api() {
        return site.api();
    }

    /**
     * Returns the reason why AppVeyor cannot compile for {@code platform} on any of its machines; sends no request.
     *
     * @return the rest of a sentence that begins with AppVeyor
     */
    public static Optional<String> unsupportedReason(Platform platform) {
        return AppVeyorMachine.unsupportedReason(platform);
    }

    @Override
    public URI page() {
        return site.projectsPage();
    }

    @Override
    public void shortenTimeouts() {
        api.shortenTimeouts();
    }

    @Override
    public CiProject requireReady(List<Leg> legs) throws CrossCompileException, InterruptedException {
        AppVeyorProjectData project = requireProject();
        requireSettings(project);
        encryption.requireReady();
        return new AppVeyorProject(api, site, project, encryption);
    }

    /** Cancels the build in all projects of the repository, as these may have changed since it began. */
    @Override
    public void cancel(PushedCommit start) throws CrossCompileException, InterruptedException {
        for (ApiJson found : ours()) {
            new AppVeyorWatch(api, site, project(found), start, List.of(), CiTimeouts.NONE).close();
        }
    }

    /** Lists the projects of the repository; fails if there is none. */
    private List<ApiJson> ours() throws CrossCompileException, InterruptedException {
        List<ApiJson> ours = projects().stream()
                .filter(json -> json.string("repositoryType")
                        .filter(type -> type.startsWith("gitHub"))
                        .isPresent())
                .filter(json -> json.string("repositoryName")
                        .filter(repository.toString()::equalsIgnoreCase)
                        .isPresent())
                .toList();
        if (ours.isEmpty()) {
            throw new ActionNeededException("AppVeyor has no project for the repository '" + repository
                    + "' in the account of the token. Add it at " + site.newProjectPage()
                    + ", or put the token of the account that has it " + TOKEN_PLACE + ".");
        }
        return ours;
    }

    private AppVeyorProjectData requireProject() throws CrossCompileException, InterruptedException {
        List<ApiJson> ours = ours();
        List<ApiJson> enabled = ours.stream()
                .filter(json -> !json.flag("disablePushWebhooks").orElse(false))
                .toList();
        if (enabled.isEmpty()) {
            AppVeyorProjectData disabled = project(ours.get(0));
            throw new ActionNeededException("The project " + disabled.path()
                    + " on AppVeyor does not build on \"Push\" events, so that the run would wait in vain. Change that"
                    + " at "
                    + site.settingsPage(disabled) + ".");
        }
        if (enabled.size() > 1) {
            String slugs = enabled.stream()
                    .map(json -> "'" + json.string("slug").orElse("") + "'")
                    .collect(Collectors.joining(", "));
            throw new ActionNeededException("AppVeyor has several projects for the repository '" + repository + "' ("
                    + slugs + "), each of which would build the same push. Delete all but one at "
                    + site.projectsPage()
                    + ", or tick 'Do not build on \"Push\" events' in their settings.");
        }
        return project(enabled.get(0));
    }

    private AppVeyorProjectData project(ApiJson json) throws WorkFailedException {
        return new AppVeyorProjectData(member(json, "accountName"), member(json, "slug"), repository);
    }

    private String member(ApiJson json, String name) throws WorkFailedException {
        return json.string(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() ->
                        new WorkFailedException("AppVeyor's answer for the repository '" + repository + "' has no "
                                + name + ", so it is not that of its API. Check " + Parameter.APPVEYOR_API_URL + "."));
    }

    private List<ApiJson> projects() throws CrossCompileException, InterruptedException {
        Optional<List<ApiJson>> projects = api.retry("look up the project", () -> {
            var answer = api.get("/projects");
            // 400: the address does not fit the kind of the token.
            return answer.withheld() || answer.status() == 400 ? Optional.empty() : Optional.of(ApiJson.listOf(answer));
        });
        if (projects.isEmpty()) {
            throw new ActionNeededException("AppVeyor does not accept the token for " + site.api()
                    + (userToken
                            ? " and the account '" + account + "'. A token that begins with 'v2.' is a user's, so that"
                                    + " the account has to be named where it is not the"
                                    + " repository's owner: as <username> of that <server>."
                                    + " Take the token"
                            : ". Take the one")
                    + " shown at " + site.tokenPage() + " and put it " + TOKEN_PLACE + ".");
        }
        return projects.get();
    }

    private void requireSettings(AppVeyorProjectData project) throws CrossCompileException, InterruptedException {
        Optional<ApiJson> answer = api.retry("read the project's settings", () -> {
            var settings = api.get("/projects/" + project.path() + "/settings");
            return settings.withheld() ? Optional.empty() : Optional.of(ApiJson.of(settings));
        });
        ApiJson settings = answer.flatMap(json -> json.member("settings"))
                .orElseThrow(() -> new ActionNeededException("AppVeyor does not show the settings of the project "
                        + project.path() + " to the token's account. Put the token of one that may change the project "
                        + TOKEN_PLACE + "."));
        if (settings.flag("ignoreAppveyorYml").orElse(false)) {
            throw new ActionNeededException("The project " + project.path() + " on AppVeyor ignores appveyor.yml, so"
                    + " that it would not build this run. Untick 'Ignore appveyor.yml' at "
                    + site.settingsPage(project) + ".");
        }
        String file = settings.string("customYmlName").orElse("").strip();
        if (!file.isEmpty() && !file.toLowerCase(Locale.ROOT).equals(AppVeyorFile.PATH)) {
            throw new ActionNeededException("The project " + project.path() + " on AppVeyor reads '" + file
                    + "' instead of appveyor.yml, so that it would not build this run. Empty 'Custom configuration .yml"
                    + " file name' at " + site.settingsPage(project) + ".");
        }
    }
}
