package io.github.traviscompile.ci;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * A service's file as YAML, emitted from a tree of maps, lists, strings, whole numbers and booleans. Every string is in
 * double quotes. So no value can become anything but a string, in YAML 1.1 as most services read it or in YAML 1.2.
 */
public final class YamlFile {

    /** The word {@code off}, false in YAML 1.1, for a service that documents no other. */
    public static final Object OFF = new Object();

    private YamlFile() {}

    /** Returns the content of the file, in UTF-8, with the keys in the order of the maps. */
    public static byte[] of(Map<String, Object> tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        StringWriter out = new StringWriter();
        new Yaml(options).serialize(node(tree), out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Node node(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<NodeTuple> tuples = new ArrayList<>();
            map.forEach((key, child) -> tuples.add(new NodeTuple(key(String.valueOf(key)), node(child))));
            return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
        }
        if (value instanceof List<?> list) {
            return new SequenceNode(Tag.SEQ, list.stream().map(YamlFile::node).toList(), FlowStyle.BLOCK);
        }
        if (value == OFF) {
            return scalar(Tag.BOOL, "off", ScalarStyle.PLAIN);
        }
        if (value instanceof Boolean) {
            return scalar(Tag.BOOL, value.toString(), ScalarStyle.PLAIN);
        }
        if (value instanceof Integer) {
            return scalar(Tag.INT, value.toString(), ScalarStyle.PLAIN);
        }
        return scalar(Tag.STR, value.toString(), ScalarStyle.DOUBLE_QUOTED);
    }

    /** Quotes {@code on}, which YAML 1.1 reads as true. */
    private static Node key(String name) {
        return scalar(Tag.STR, name, name.equals("on") ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN);
    }

    private static Node scalar(Tag tag, String text, ScalarStyle style) {
        return new ScalarNode(tag, text, null, null, style);
    }
}
