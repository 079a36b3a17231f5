package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The pages tell users which parameter to set and what the console says. Each is really there. */
class MessagesTest {

    private static final Path PAGES = Path.of("../src/site/markdown");

    /** The opening element with the property it is said to have. */
    private static final Pattern BOTH_WAYS = Pattern.compile("<(\\w+)>[^<>()]{0,40}\\(-Dtravis-compile\\.(\\w+)");

    private static final Pattern PROPERTY = Pattern.compile("-Dtravis-compile\\.(\\w+)");

    /** Between two string literals that are put together. */
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void everyPropertyThatIsNamedIsThere() throws Exception {
        Set<String> known = properties();
        Set<String> named = new TreeSet<>();
        for (String text : texts(PAGES)) {
            PROPERTY.matcher(text).results().map(match -> match.group(1)).forEach(named::add);
        }
        assertThat(named).hasSizeGreaterThan(15).isSubsetOf(known);
    }

    @Test
    void elementAndPropertyOfASentenceAreOneParameter() throws Exception {
        Set<String> pairs = new TreeSet<>();
        for (String text : texts(PAGES)) {
            for (MatchResult match : BOTH_WAYS.matcher(text).results().toList()) {
                pairs.add(match.group(1) + " = " + match.group(2));
            }
        }
        assertThat(pairs).isNotEmpty().allMatch(pair -> pair.matches("(\\w+) = \\1"));
    }

    /** A reader looks for what the console said: what stands between the values of such a heading is in the sources. */
    @Test
    void headingsOfTheQuestionsAreWhatIsSaid() throws Exception {
        List<String> sources = texts(Path.of("src/main/java"));
        List<String> sentences = Files.readAllLines(Path.of("../src/site/markdown/faq.md")).stream()
                .filter(line -> line.startsWith("## ") && !line.endsWith("?"))
                .map(line -> line.substring(3))
                .toList();
        assertThat(sentences)
                .hasSizeGreaterThan(10)
                .allSatisfy(sentence -> assertThat(sentence.split("…", -1))
                        .filteredOn(piece -> piece.length() > 3)
                        .allSatisfy(piece -> assertThat(sources).anyMatch(source -> source.contains(piece))));
    }

    /** The files below {@code directory}; sentences of sources in one piece. */
    private static List<String> texts(Path directory) throws Exception {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(JOINT.matcher(Files.readString(file)).replaceAll(""));
            }
        }
        return texts;
    }

    private static Set<String> properties() throws Exception {
        Set<String> names = new HashSet<>();
        try (InputStream in = MessagesTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            NodeList parameters = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Objects.requireNonNull(in))
                    .getElementsByTagName("configuration");
            for (int i = 0; i < parameters.getLength(); i++) {
                NodeList values = ((Element) parameters.item(i)).getElementsByTagName("*");
                for (int j = 0; j < values.getLength(); j++) {
                    String expression = values.item(j).getTextContent();
                    if (expression.startsWith("${travis-compile.")) {
                        names.add(expression.substring("${travis-compile.".length(), expression.length() - 1));
                    }
                }
            }
        }
        return names;
    }
}
