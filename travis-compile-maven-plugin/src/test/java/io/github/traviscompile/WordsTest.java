package io.github.traviscompile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds Javadoc and comments to the guide of words: short sentences, named actors, nouns instead of clauses. */
class WordsTest {

    private static final Path SOURCES = Path.of("src/main/java/io/github/traviscompile");
    private static final int MOST_WORDS = 25;

    private static final Pattern BANNED = Pattern.compile(
            "\\b(?:any|some|no)body\\b|\\b(?:some|any)one\\b|\\bwho(?:m|so)?ever\\b|\\bwhatever\\b|\\bpersons?\\b"
                    + "|\\bs?he\\b|\\bhers?\\b|\\bh(?:is|im)\\b|\\b(?:is|are|be) (?:told|heard|asked)\\b|\\bowe[sd]?\\b"
                    + "|\\b(?:dear|besides|anew|inbox|desk|of no account|none the less|if need be)\\b"
                    + "|^(?:What|Where|Which|Who|How)\\b[^?]*$",
            Pattern.CASE_INSENSITIVE);

    /** A literal, or a comment in a group; consecutive line comments are one. */
    private static final Pattern TOKEN = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])++'"
                    + "|(/\\*.*?\\*/|//[^\\n]*+(?:\\n\\s*+//[^\\n]*+)*+)",
            Pattern.DOTALL);

    private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+[^{}]*(?:\\{[^{}]*}[^{}]*)*}");
    private static final Pattern SENTENCE_END =
            Pattern.compile("(?<=[.!?])\\s+|\\n\\s*\\n|<p>|<li>|(?=@(?:param|return|throws)\\b)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cargo",
                "ci",
                "ci/actions",
                "ci/appveyor",
                "ci/local",
                "ci/travis",
                "git",
                "github",
                "http",
                "model",
                "mojo",
                "mojo/console",
                "packaging",
                "run",
                "run/api",
                "run/check",
                "run/deliver",
                "run/hosted",
                "run/legs",
                "run/plan",
                "run/remote",
                "run/report",
                "run/reuse",
                "tunnel",
                "upload",
                "verify/binary",
                "verify/bytes",
                "verify/gate",
                "verify/wheel"
            })
    void commentsFollowTheGuide(String name) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
            List<String> sentences = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(WordsTest::sentences)
                    .toList();
            assertThat(sentences).isNotEmpty();
            assertThat(sentences)
                    .filteredOn(sentence -> BANNED.matcher(sentence).find())
                    .isEmpty();
            assertThat(sentences)
                    .filteredOn(sentence -> sentence.split(" ", -1).length > MOST_WORDS)
                    .isEmpty();
        }
    }

    private static Stream<String> sentences(Path file) {
        try {
            return TOKEN.matcher(Files.readString(file))
                    .results()
                    .flatMap(token -> Stream.ofNullable(token.group(1)))
                    .map(comment -> comment.replaceAll("^/\\*+|\\*/$|(?m)^\\s*(?:\\*|//)", ""))
                    .map(comment -> INLINE_TAG.matcher(comment).replaceAll("X"))
                    .flatMap(comment -> Arrays.stream(SENTENCE_END.split(comment)))
                    .map(sentence -> sentence.strip().replaceAll("\\s+", " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
