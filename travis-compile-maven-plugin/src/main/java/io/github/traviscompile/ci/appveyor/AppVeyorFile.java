package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.ci.YamlFile;
import io.github.traviscompile.model.Leg;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file {@value #PATH} of a run: one job for each leg, built only for the push of one branch. A pull request builds
 * nothing, since AppVeyor matches it by its base.
 */
final class AppVeyorFile {

    /** The file's place in the commit. */
    static final String PATH = "appveyor.yml";

    /** The length of the branch's end that distinguishes runs. */
    private static final int VERSION_TAIL = 12;

    private AppVeyorFile() {}

    /**
     * Returns the content of the file.
     *
     * @param branch the temporary branch, without {@code refs/heads/}
     * @param legs at least one, each of a platform that {@link AppVeyorMachine} knows
     */
    static byte[] of(String branch, List<AppVeyorLeg> legs) {
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("A build on AppVeyor has at least one leg.");
        }
        // AppVeyor would read a name between slashes as a regular expression.
        if (!branch.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")) {
            throw new IllegalArgumentException("Not a temporary branch: '" + branch + "'.");
        }
        List<Object> matrix = new ArrayList<>();
        List<Object> jobs = new ArrayList<>();
        for (AppVeyorLeg leg : legs) {
            AppVeyorMachine machine = machine(leg.leg());
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("job_name", leg.leg().id());
            row.put("APPVEYOR_BUILD_WORKER_IMAGE", machine.image());
            matrix.add(row);
            jobs.add(job(machine, leg));
        }
        Map<String, Object> root = new LinkedHashMap<>();
        // Unique among all builds of the project, and part of addresses.
        root.put("version", "travis-compile-" + tail(branch) + "-{build}");
        root.put("branches", Map.of("only", List.of(branch)));
        root.put("skip_tags", true);
        root.put("clone_depth", 1);
        root.put("environment", Map.of("matrix", matrix));
        // The plugin, not the service, decides on the other legs after one leg's failure.
        root.put("matrix", Map.of("fast_finish", false));
        root.put("test", YamlFile.OFF);
        root.put("deploy", YamlFile.OFF);
        root.put("for", jobs);
        return YamlFile.of(root);
    }

    /** Puts the secrets here, since the name of a job may show its row of the matrix. */
    private static Map<String, Object> job(AppVeyorMachine machine, AppVeyorLeg leg) {
        Map<String, Object> secure = new LinkedHashMap<>();
        leg.secure().forEach((name, value) -> secure.put(name, Map.of("secure", value)));
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("matrix", Map.of("only", List.of(Map.of("job_name", leg.leg().id()))));
        job.put("environment", secure);
        job.put("init", machine.init());
        job.put("install", machine.install(leg.leg()));
        job.put("build_script", machine.build(leg.leg()));
        return job;
    }

    private static AppVeyorMachine machine(Leg leg) {
        return AppVeyorMachine.of(leg.platform())
                .orElseThrow(() -> new IllegalArgumentException("AppVeyor cannot build " + leg.platform() + "."));
    }

    private static String tail(String branch) {
        return branch.substring(Math.max(0, branch.length() - VERSION_TAIL)).replaceAll("[^A-Za-z0-9]", "-");
    }
}
