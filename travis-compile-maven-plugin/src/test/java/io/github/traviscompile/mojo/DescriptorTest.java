package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Parameter;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Goals, parameters, properties and defaults are a promise: {@code goals.txt} says them, and a change of the descriptor
 * that is meant changes that file too.
 */
class DescriptorTest {

    @Test
    void theDescriptorPromisesWhatTheListSays() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Element mojo : children(child(descriptor(), "mojos"), "mojo")) {
            String phase = text(mojo, "phase");
            lines.add(text(mojo, "goal") + (phase.isEmpty() ? "" : " in phase " + phase));
            assertThat(text(mojo, "threadSafe")).isEqualTo("true");
            assertThat(text(mojo, "requiresProject")).isEqualTo("false");
            assertThat(text(mojo, "requiresOnline")).isEqualTo("false");
            for (Element parameter : children(child(mojo, "parameters"), "parameter")) {
                lines.add("  " + describe(parameter, child(mojo, "configuration")));
            }
        }
        assertThat(String.join("\n", lines) + "\n").isEqualTo(resource("goals.txt"));
    }

    @Test
    void everyParameterIsDocumentedAndSaysSinceWhen() throws Exception {
        for (Element mojo : children(child(descriptor(), "mojos"), "mojo")) {
            if (text(mojo, "goal").equals("help")) {
                continue;
            }
            assertThat(text(mojo, "description")).isNotBlank();
            for (Element parameter : children(child(mojo, "parameters"), "parameter")) {
                assertThat(text(parameter, "description"))
                        .as(text(parameter, "name"))
                        .isNotBlank();
                assertThat(text(parameter, "since")).as(text(parameter, "name")).isNotBlank();
            }
        }
    }

    /** Messages name parameters by the enum; each is in the descriptor under the spelling that they use, and none is missing. */
    @Test
    void theEnumSpellsEveryParameter() throws Exception {
        Map<String, String> properties = new TreeMap<>();
        for (Element mojo : children(child(descriptor(), "mojos"), "mojo")) {
            if (text(mojo, "goal").equals("help")) {
                continue;
            }
            for (Element parameter : children(child(mojo, "parameters"), "parameter")) {
                if (text(parameter, "editable").equals("true")) {
                    String name = text(parameter, "name");
                    NodeList configured = child(mojo, "configuration").getElementsByTagName(name);
                    properties.put(
                            name,
                            configured.getLength() == 0
                                    ? ""
                                    : configured.item(0).getTextContent());
                }
            }
        }
        Map<String, String> spelled = new TreeMap<>();
        for (Parameter parameter : Parameter.values()) {
            spelled.put(
                    parameter.key(),
                    parameter.isPomOnly() ? "" : "${" + parameter.property().substring("-D".length()) + "}");
        }
        assertThat(spelled).isEqualTo(properties);
    }

    private static String describe(Element parameter, Element configuration) {
        String name = text(parameter, "name");
        NodeList configured = configuration.getElementsByTagName(name);
        String property = configured.getLength() == 0 ? "" : configured.item(0).getTextContent();
        String value = configured.getLength() == 0 ? "" : ((Element) configured.item(0)).getAttribute("default-value");
        return name
                + " " + text(parameter, "type").replaceAll(".*\\.", "")
                + (property.isEmpty() ? "" : " " + property)
                + (value.isEmpty() ? "" : " = " + value);
    }

    private static Element descriptor() throws Exception {
        try (InputStream in = DescriptorTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Objects.requireNonNull(in))
                    .getDocumentElement();
        }
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = DescriptorTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    private static Element child(Element parent, String name) {
        return children(parent, name).get(0);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
