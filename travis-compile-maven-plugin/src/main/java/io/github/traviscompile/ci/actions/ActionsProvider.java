package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.CiAccess;
import io.github.traviscompile.ci.CiProvider;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.CiSettings;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** GitHub Actions. */
public final class ActionsProvider implements CiProvider {

    public static final Service SERVICE = new Service("github-actions", "GitHub Actions");

    @Override
    public Service service() {
        return SERVICE;
    }

    /** See docs.github.com, "Skipping workflow runs". */
    @Override
    public String skipWord() {
        return "actions";
    }

    @Override
    public Parameter apiParameter() {
        return Parameter.GITHUB_API_URL;
    }

    @Override
    public Map<Parameter, String> urls() {
        return Map.of(
                apiParameter(),
                ActionsSite.HOSTED.api().toString(),
                Parameter.OIDC_ISSUER,
                ActionsSite.HOSTED.issuer() + "/octo-enterprise");
    }

    @Override
    public OptionalInt rank(Platform platform) {
        return ActionsMachine.of(platform).isPresent() ? OptionalInt.of(20) : OptionalInt.empty();
    }

    @Override
    public Optional<String> unsupportedReason(Platform platform, CiSettings settings) {
        return ActionsCi.unsupportedReason(platform, settings.now());
    }

    @Override
    public List<String> warnings(List<Platform> platforms, CiSettings settings) {
        return ActionsCi.warnings(platforms, settings.now());
    }

    @Override
    public boolean jobsHaveIdentity() {
        return true;
    }

    @Override
    public boolean keepsArtifacts() {
        return true;
    }

    @Override
    public CiService open(CiAccess access, Secret token) {
        CiSettings settings = access.settings();
        return new ActionsCi(
                ActionsSite.of(
                        settings.url(apiParameter()),
                        settings.url(Parameter.GITHUB_WEB_URL),
                        settings.text(Parameter.OIDC_ISSUER).map(URI::create)),
                access.repository(),
                token,
                access.helloKey(),
                access.http());
    }
}
