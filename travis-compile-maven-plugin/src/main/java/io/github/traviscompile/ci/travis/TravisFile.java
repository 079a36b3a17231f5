package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.platform.Leg;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The file {@value #PATH} of a run: one job for each leg, started by one event, and nothing else. It is emitted from a
 * tree, with every string in double quotes, so that no value can become anything but a string, in YAML 1.1 as Travis CI
 * reads it or in YAML 1.2.
 */
public final class TravisFile {

    /** Where the file lies in the commit. */
    public static final String PATH = ".travis.yml";

    private TravisFile() {}

    /**
     * The content of the file.
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
        // Git for Windows would otherwise turn line ends around.
        git.put("autocrlf", "input");
        root.put("git", git);
        // Else the token that cloned stays on the machine.
        root.put("keep_netrc", false);
        root.put("cache", false);
        root.put("notifications", Map.of("email", false));
        root.put("install", "skip");
        root.put("jobs", Map.of("include", legs.stream().map(TravisFile::job).toList()));
        return emit(root).getBytes(StandardCharsets.UTF_8);
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

    private static String emit(Object tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        StringWriter out = new StringWriter();
        new Yaml(options).serialize(node(tree), out);
        return out.toString();
    }

    private static Node node(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<NodeTuple> tuples = new ArrayList<>();
            map.forEach((key, child) ->
                    tuples.add(new NodeTuple(scalar(Tag.STR, String.valueOf(key), ScalarStyle.PLAIN), node(child))));
            return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
        }
        if (value instanceof List<?> list) {
            return new SequenceNode(Tag.SEQ, list.stream().map(TravisFile::node).toList(), FlowStyle.BLOCK);
        }
        if (value instanceof Boolean) {
            return scalar(Tag.BOOL, value.toString(), ScalarStyle.PLAIN);
        }
        if (value instanceof Integer) {
            return scalar(Tag.INT, value.toString(), ScalarStyle.PLAIN);
        }
        return scalar(Tag.STR, value.toString(), ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node scalar(Tag tag, String text, ScalarStyle style) {
        return new ScalarNode(tag, text, null, null, style);
    }
}
