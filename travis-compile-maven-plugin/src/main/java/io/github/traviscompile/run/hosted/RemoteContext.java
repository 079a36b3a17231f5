package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.CiAccess;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.http.Pause;
import io.github.traviscompile.run.api.ArtifactSource;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.plan.CiServices;
import io.github.traviscompile.upload.HandshakeKey;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The surroundings of a hosted build that the request does not hold.
 *
 * @param timeouts of requests to GitHub and the services
 * @param pause waits between attempts to reach them
 */
public record RemoteContext(Credentials credentials, ArtifactSource artifacts, HttpTimeouts timeouts, Pause pause) {

    /** As it is for users. */
    public RemoteContext(Credentials credentials, ArtifactSource artifacts) {
        this(credentials, artifacts, HttpTimeouts.DEFAULT, Pause.REAL);
    }

    public CiServices services(CrossCompileRequest request, Optional<HandshakeKey> helloKey, InstantSource clock) {
        return new CiServices(
                new CiAccess(
                        request.hosting().settings(),
                        request.where().repository().orElseThrow(),
                        request.hosting().pullRequest(),
                        helloKey.map(HandshakeKey::publicKey),
                        http(clock)),
                credentials);
    }

    public HttpSettings http(InstantSource clock) {
        return HttpSettings.of(timeouts, clock, pause);
    }

    public TunnelOpening tunnel(CrossCompileRequest request) {
        return TunnelOpening.of(request.hosting(), credentials, artifacts, request.host());
    }
}
