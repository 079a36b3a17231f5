package io.github.traviscompile.run.plan;

import io.github.traviscompile.ci.CiAccess;
import io.github.traviscompile.ci.CiProvider;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.CiToken;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.Credentials;
import java.net.URI;
import java.util.Optional;

/** The hosted services of a run, each with the user's token, which is looked for only when the service is used. */
public record CiServices(CiAccess access, Credentials credentials) {

    /** The URL of a service's API. */
    public URI api(Service service) {
        return access.settings().url(CiProviders.of(service).apiParameter());
    }

    public CiService of(Service service) throws CrossCompileException {
        CiProvider provider = CiProviders.of(service);
        return provider.open(access, token(provider));
    }

    private Secret token(CiProvider provider) throws CrossCompileException {
        Optional<CiToken> own = provider.token();
        return own.isEmpty()
                ? credentials.github()
                : credentials.ofService(
                        provider.service(),
                        own.get().serverId(),
                        own.get().variable(),
                        provider.tokenOrigin(access.settings()));
    }
}
