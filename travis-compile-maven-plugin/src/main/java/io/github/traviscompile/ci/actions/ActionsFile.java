package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.YamlFile;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.TransportKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The workflow {@value #PATH} of a run: one job for each leg, with the leg's name, started only by the push of one
 * branch. It is emitted from a tree, with every string in double quotes, and holds no expression. So no value can
 * become anything but a string.
 */
final class ActionsFile {

    /** The file's place in the commit. */
    static final String PATH = ".github/workflows/travis-compile.yml";

    /** The step that runs the leg's script. */
    static final String STEP = "leg";

    /** actions/checkout v6.0.2; by its commit, since a tag can be moved. */
    private static final String CHECKOUT = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd";

    /** actions/upload-artifact v7.0.1. */
    private static final String UPLOAD = "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a";

    private ActionsFile() {}

    /**
     * Returns the content of the file.
     *
     * @param branch the only branch that starts it by a push, without {@code refs/heads/}
     * @param legs at least one, each of a platform that {@link ActionsMachine} knows
     * @param transport the way of the legs' outputs
     */
    static byte[] of(String branch, List<Leg> legs, TransportKind transport) {
        // None of these characters is special in GitHub's filter patterns.
        if (!branch.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")) {
            throw new IllegalArgumentException("Not a temporary branch: '" + branch + "'.");
        }
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("A run on GitHub Actions has at least one leg.");
        }
        Map<String, Object> jobs = new LinkedHashMap<>();
        legs.forEach(leg -> jobs.put(leg.id(), job(leg, transport)));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("name", "travis-compile");
        root.put("on", Map.of("push", Map.of("branches", List.of(branch))));
        root.put("permissions", permissions(transport));
        root.put("jobs", jobs);
        return YamlFile.of(root);
    }

    /**
     * Returns the permissions of the jobs' token; only a leg that authenticates to an endpoint needs an identity token.
     */
    private static SortedMap<String, String> permissions(TransportKind transport) {
        return switch (transport) {
            case TUNNEL -> new TreeMap<>(Map.of("contents", "read", "id-token", "write"));
            case ARTIFACTS -> new TreeMap<>(Map.of("contents", "read"));
        };
    }

    private static Map<String, Object> job(Leg leg, TransportKind transport) {
        ActionsMachine machine = ActionsMachine.of(leg.platform())
                .orElseThrow(() -> new IllegalArgumentException("GitHub Actions cannot build " + leg.platform() + "."));
        List<Object> steps = new ArrayList<>();
        if (machine.runner().isWindows()) {
            // Git for Windows would otherwise convert line ends.
            steps.add(step("line ends", "git config --global core.autocrlf input"));
        }
        Map<String, Object> checkout = new LinkedHashMap<>();
        checkout.put("uses", CHECKOUT);
        checkout.put("with", Map.of("persist-credentials", false));
        steps.add(checkout);
        machine.preparations().forEach(command -> steps.add(step("prepare", command)));
        steps.add(step(STEP, "bash " + LegFiles.DIRECTORY + "/" + LegFiles.SCRIPT + " " + leg.id()));
        if (transport == TransportKind.ARTIFACTS) {
            steps.add(upload(leg));
        }
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("name", leg.id());
        job.put("runs-on", machine.runner().label());
        if (!machine.variables().isEmpty()) {
            job.put("env", machine.variables());
        }
        job.put("steps", steps);
        return job;
    }

    /** Uploads outputs as they are. Storage costs the user, so they expire as early as GitHub allows. */
    private static Map<String, Object> upload(Leg leg) {
        Map<String, Object> with = new LinkedHashMap<>();
        with.put("name", leg.id());
        with.put("path", LegFiles.OUTPUTS);
        with.put("if-no-files-found", "error");
        with.put("retention-days", 1);
        with.put("compression-level", 0);
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("uses", UPLOAD);
        step.put("with", with);
        return step;
    }

    private static Map<String, Object> step(String name, String command) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("name", name);
        // Git's bash on Windows, where another bash.exe is on the path.
        step.put("shell", "bash");
        step.put("run", command);
        return step;
    }
}
