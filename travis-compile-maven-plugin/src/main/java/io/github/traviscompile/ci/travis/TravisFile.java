package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.YamlFile;
import io.github.traviscompile.model.Leg;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file {@value #PATH} of a run: one job for each leg, started by one event only. */
public final class TravisFile {

    /** The file's place in the commit. */
    public static final String PATH = ".travis.yml";

    private TravisFile() {}

    /**
     * Returns the content of the file.
     *
     * @param legs at least one, each of a platform that {@link TravisMachine} knows
     */
    public static byte[] of(TravisTrigger trigger, List<TravisLeg> legs) {
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("A build on Travis CI has at least one leg.");
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", "~> 1.0");
        root.put("if", trigger.condition());
        root.put("language", "rust");
        Map<String, Object> git = new LinkedHashMap<>();
        git.put("depth", 1);
        git.put("submodules", false);
        git.put("lfs_skip_smudge", true);
        // Git for Windows would otherwise convert line ends.
        git.put("autocrlf", "input");
        root.put("git", git);
        // Otherwise the token of the clone stays on the machine.
        root.put("keep_netrc", false);
        root.put("cache", false);
        root.put("notifications", Map.of("email", false));
        root.put("install", "skip");
        root.put("jobs", Map.of("include", legs.stream().map(TravisFile::job).toList()));
        return YamlFile.of(root);
    }

    private static Map<String, Object> job(TravisLeg travisLeg) {
        Leg leg = travisLeg.leg();
        TravisMachine machine = TravisMachine.of(leg.platform())
                .orElseThrow(() -> new IllegalArgumentException("Travis CI cannot build " + leg.platform() + "."));
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("name", leg.id());
        job.putAll(machine.keys());
        job.put("rust", machine.toolchain(leg));
        List<String> packages = TravisMachine.packages(leg.platform());
        if (!packages.isEmpty()) {
            job.put("addons", Map.of("apt", Map.of("packages", packages)));
        }
        List<Object> env = new ArrayList<>();
        TravisMachine.variables(leg.platform()).forEach((name, value) -> env.add(Map.of(name, value)));
        travisLeg.secure().forEach(value -> env.add(Map.of("secure", value)));
        if (!env.isEmpty()) {
            job.put("env", env);
        }
        job.put("script", "bash " + LegFiles.DIRECTORY + "/" + LegFiles.SCRIPT + " " + leg.id());
        return job;
    }
}
