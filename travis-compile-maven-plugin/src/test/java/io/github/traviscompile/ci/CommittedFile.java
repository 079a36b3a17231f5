package io.github.traviscompile.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A file of YAML that is committed for a service: as it was read by a person once, and as parsers read it. */
public final class CommittedFile {

    private static final Gson GSON = new Gson();

    /** Each reads an array of texts and writes a line of JSON for each. */
    private static final List<List<String>> OTHERS = List.of(
            List.of(
                    "python3",
                    "-c",
                    "import json,sys,yaml\nfor d in json.load(sys.stdin):print(json.dumps(yaml.safe_load(d)))"),
            List.of(
                    "ruby",
                    "-rjson",
                    "-rpsych",
                    "-e",
                    "JSON.parse(STDIN.read).each{|d|puts JSON.generate(Psych.safe_load(d))}"));

    private CommittedFile() {}

    /** The resource {@code name} beside {@code test}. */
    public static String reviewed(Class<?> test, String name) throws IOException {
        try (InputStream in = test.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static Map<?, ?> tree(String text) {
        return (Map<?, ?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    /** Requires that PyYAML and Ruby's Psych read {@code texts} as {@code trees}, too. */
    public static void assertOthersRead(Path directory, List<String> texts, List<?> trees) throws Exception {
        Path in = Files.writeString(directory.resolve("in"), GSON.toJson(texts));
        for (List<String> reader : OTHERS) {
            assertThat(GSON.fromJson("[" + String.join(",", lines(reader, in)) + "]", Object.class))
                    .as(reader.get(0))
                    .isEqualTo(GSON.fromJson(GSON.toJson(trees), Object.class));
        }
    }

    private static List<String> lines(List<String> command, Path in) throws Exception {
        Path errors = in.resolveSibling("errors");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue("true".equals(System.getenv("CI")), command.get(0) + " is not on this machine");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean missing = process.waitFor() != 0 && Files.readString(errors).contains("No module named 'yaml'");
        assumeTrue(!missing || "true".equals(System.getenv("CI")), "PyYAML is not on this machine");
        assertThat(errors).isEmptyFile();
        return output.lines().toList();
    }
}
