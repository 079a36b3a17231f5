package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Service;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Travis CI as one of the services of a run, for one repository and one kind of event. */
public final class TravisCi implements CiService {

    private final TravisService travis;
    private final RepositoryName name;
    private final TravisEvent event;

    public TravisCi(TravisService travis, RepositoryName name, TravisEvent event) {
        this.travis = travis;
        this.name = name;
        this.event = event;
    }

    /**
     * Why Travis CI cannot compile for {@code platform} on any of its machines; asks nobody.
     *
     * @param apiUrl {@link TravisService#HOSTED}, or the API of an installation of the user's own
     * @return the rest of a sentence that begins with Travis CI
     */
    public static Optional<String> unsupportedReason(Platform platform, URI apiUrl) throws ActionNeededException {
        return TravisService.unsupportedReason(platform, apiUrl);
    }

    @Override
    public Service service() {
        return TravisProvider.SERVICE;
    }

    @Override
    public URI api() {
        return travis.api();
    }

    @Override
    public URI page() {
        return travis.page(name);
    }

    @Override
    public CiProject requireReady(List<Leg> legs) throws CrossCompileException, InterruptedException {
        TravisRepository repository = travis.requireReady(name, event);
        return new Project(repository);
    }

    @Override
    public void cancel(PushedCommit start) throws CrossCompileException, InterruptedException {
        travis.watch(travis.find(name), event, start, List.of(), CiTimeouts.NONE)
                .close();
    }

    @Override
    public void shortenTimeouts() {
        travis.shortenTimeouts();
    }

    private final class Project implements CiProject {

        private final TravisRepository repository;

        private Project(TravisRepository repository) {
            this.repository = repository;
        }

        @Override
        public SortedMap<String, byte[]> files(String branch, List<KeyedLeg> legs)
                throws CrossCompileException, InterruptedException {
            TravisKey key = travis.key(repository);
            List<TravisLeg> secured = new ArrayList<>();
            for (KeyedLeg leg : legs) {
                secured.add(new TravisLeg(
                        leg.leg(),
                        List.of(
                                key.encrypt("TCMP_KEY", leg.requireKey().revealHex()),
                                key.encrypt("TCMP_URL", leg.requireEndpoint().toString()))));
            }
            return new TreeMap<>(Map.of(TravisFile.PATH, TravisFile.of(new TravisTrigger(event, branch), secured)));
        }

        @Override
        public CiWatch watch(PushedCommit start, List<Leg> legs, CiTimeouts limits) {
            return travis.watch(repository, event, start, legs, limits);
        }
    }
}
