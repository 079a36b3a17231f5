package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A repository that Travis CI is ready to build. The commit contains each leg's key, encrypted to the repository. */
final class TravisProject implements CiProject {

    private final TravisCi ci;
    private final TravisApi api;
    private final TravisRepository repository;
    private final TravisEvent event;

    TravisProject(TravisCi ci, TravisApi api, TravisRepository repository, TravisEvent event) {
        this.ci = ci;
        this.api = api;
        this.repository = repository;
        this.event = event;
    }

    TravisRepository repository() {
        return repository;
    }

    /** Reads the key that encrypts the repository's secrets. */
    TravisKey key() throws CrossCompileException, InterruptedException {
        return ci.key(repository);
    }

    @Override
    public SortedMap<String, byte[]> files(String branch, List<KeyedLeg> legs)
            throws CrossCompileException, InterruptedException {
        TravisKey key = key();
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
        return new TravisWatch(api, repository, event, start, legs, limits);
    }
}
