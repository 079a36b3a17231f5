package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.http.ApiClient;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A project that is ready to build. */
final class AppVeyorProject implements CiProject {

    private final ApiClient api;
    private final AppVeyorSite site;
    private final AppVeyorProjectData project;
    private final Encryption encryption;

    AppVeyorProject(ApiClient api, AppVeyorSite site, AppVeyorProjectData project, Encryption encryption) {
        this.api = api;
        this.site = site;
        this.project = project;
        this.encryption = encryption;
    }

    @Override
    public SortedMap<String, byte[]> files(String branch, List<KeyedLeg> legs)
            throws CrossCompileException, InterruptedException {
        List<AppVeyorLeg> encrypted = new ArrayList<>();
        for (KeyedLeg leg : legs) {
            SortedMap<String, String> secure = new TreeMap<>();
            secure.put("TCMP_KEY", encryption.encrypt(leg.requireKey().revealHex()));
            secure.put("TCMP_URL", encryption.encrypt(leg.requireEndpoint().toString()));
            encrypted.add(new AppVeyorLeg(leg.leg(), secure));
        }
        return new TreeMap<>(Map.of(AppVeyorFile.PATH, AppVeyorFile.of(branch, encrypted)));
    }

    @Override
    public CiWatch watch(PushedCommit start, List<Leg> legs, CiTimeouts limits) {
        return new AppVeyorWatch(api, site, project, start, legs, limits);
    }
}
