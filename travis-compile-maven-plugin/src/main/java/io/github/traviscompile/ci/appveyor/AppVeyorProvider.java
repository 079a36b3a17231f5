package io.github.traviscompile.ci.appveyor;

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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** AppVeyor. */
public final class AppVeyorProvider implements CiProvider {

    public static final Service SERVICE = new Service("appveyor", "AppVeyor");

    @Override
    public Service service() {
        return SERVICE;
    }

    /** Source: appveyor.com/docs, "Commit filtering". */
    @Override
    public String skipWord() {
        return "appveyor";
    }

    @Override
    public Parameter apiParameter() {
        return Parameter.APPVEYOR_API_URL;
    }

    @Override
    public Map<Parameter, String> urls() {
        return Map.of(apiParameter(), AppVeyorCi.HOSTED.toString());
    }

    @Override
    public Optional<CiToken> token() {
        return Optional.of(new CiToken(Parameter.APPVEYOR_SERVER_ID, "APPVEYOR_TOKEN"));
    }

    @Override
    public String tokenOrigin(CiSettings settings) {
        return "Copy the API key of your account from https://ci.appveyor.com/api-keys";
    }

    /** AppVeyor's images have MSYS2 with both compilers of MinGW; those of other services lack one. */
    @Override
    public OptionalInt rank(Platform platform) {
        return AppVeyorMachine.of(platform).isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(platform.naming() == FileNaming.WINDOWS_GNU ? 15 : 30);
    }

    @Override
    public Optional<String> unsupportedReason(Platform platform, CiSettings settings) {
        return AppVeyorCi.unsupportedReason(platform);
    }

    @Override
    public CiService open(CiAccess access, Secret token) throws CrossCompileException {
        return new AppVeyorCi(
                access.settings().url(apiParameter()),
                access.repository(),
                access.settings().text(Parameter.APPVEYOR_ACCOUNT),
                token,
                access.http());
    }
}
