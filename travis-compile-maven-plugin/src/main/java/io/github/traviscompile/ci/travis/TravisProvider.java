package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.CiAccess;
import io.github.traviscompile.ci.CiProvider;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.CiSettings;
import io.github.traviscompile.ci.CiToken;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.FileNaming;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Travis CI. */
public final class TravisProvider implements CiProvider {

    public static final Service SERVICE = new Service("travis", "Travis CI");

    @Override
    public Service service() {
        return SERVICE;
    }

    /** Source: docs.travis-ci.com, "Customizing the Build", "Skipping a Build". */
    @Override
    public String skipWord() {
        return "travis";
    }

    @Override
    public Parameter apiParameter() {
        return Parameter.TRAVIS_API_URL;
    }

    @Override
    public Map<Parameter, String> urls() {
        return Map.of(apiParameter(), TravisCi.HOSTED.toString());
    }

    @Override
    public Optional<CiToken> token() {
        return Optional.of(new CiToken(Parameter.TRAVIS_SERVER_ID, "TRAVIS_TOKEN"));
    }

    @Override
    public String tokenOrigin(CiSettings settings) {
        URI api = settings.url(apiParameter());
        return "Copy the API token from your account's preferences at "
                + (api.equals(TravisCi.HOSTED)
                        ? "https://app.travis-ci.com/account/preferences"
                        : "the Travis CI of " + api);
    }

    /** Travis CI is first: the user's own installation may have machines that the hosted service lacks. */
    @Override
    public OptionalInt rank(Platform platform) {
        boolean slowly = TravisMachine.of(platform).isPresent() && platform.naming() == FileNaming.WINDOWS_MSVC;
        return OptionalInt.of(slowly ? 40 : 10);
    }

    @Override
    public Optional<String> unsupportedReason(Platform platform, CiSettings settings) throws CrossCompileException {
        return TravisCi.unsupportedReason(platform, settings.url(apiParameter()));
    }

    @Override
    public boolean buildsPullRequests() {
        return true;
    }

    @Override
    public CiService open(CiAccess access, Secret token) throws CrossCompileException {
        return new TravisCi(
                access.settings().url(apiParameter()),
                token,
                access.repository(),
                access.pullRequest() ? TravisEvent.PULL_REQUEST : TravisEvent.PUSH,
                access.http());
    }
}
