package io.github.traviscompile.cargo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small workspace of random shape, the same for the same seed. */
final class RandomProject {

    private static final List<String> EDITIONS = List.of("2015", "2018", "2021", "2024");
    private static final List<String> CRATE_TYPES = List.of("lib", "rlib", "cdylib", "staticlib");

    private final Random random;
    private final int packages;

    RandomProject(long seed) {
        random = new Random(seed);
        packages = 1 + random.nextInt(4);
    }

    void write(Path root) throws IOException {
        StringBuilder manifest = new StringBuilder();
        if (maybe(3)) {
            manifest.append(packageManifest("top", root, "packages/"));
        }
        manifest.append("\n[workspace]\n");
        manifest.append(pick(
                "members = [\"packages/*\"]\n",
                "members = [\"**/p[0-9]\"]\n",
                "members = [\"packages/p?\", \"packages/p0\"]\n",
                "members = [\"packages/p0\"]\nexclude = [\"packages\"]\n"));
        manifest.append(pick("", "default-members = [\"packages/p0\"]\n", "default-members = [\"packages/*\"]\n"));
        manifest.append(pick("", "resolver = \"1\"\n", "resolver = \"2\"\n"));
        manifest.append("\n[workspace.package]\nversion = \"4.5.6\"\nedition = \"2021\"\nrust-version = \"1.60\"\n");
        manifest.append("\n[workspace.dependencies]\n");
        for (int i = 0; i < packages; i++) {
            manifest.append("p" + i + " = { path = \"packages/p" + i + "\""
                    + pick("", ", default-features = false", ", features = [\"f0\"]") + " }\n");
        }
        write(root.resolve("Cargo.toml"), manifest.toString());
        for (int i = 0; i < packages; i++) {
            Path directory = root.resolve("packages").resolve("p" + i);
            write(directory.resolve("Cargo.toml"), packageManifest("p" + i, directory, "../"));
        }
    }

    private String packageManifest(String name, Path directory, String toPackages) throws IOException {
        StringBuilder text = new StringBuilder();
        String header = pick("[package]\n", "");
        String prefix = header.isEmpty() ? "package." : "";
        text.append(header);
        line(text, prefix, "name = \"" + name + "\"");
        line(text, prefix, pick("version = \"0.1.0\"", "version.workspace = true", "version = \"1.0.0-rc.1+b\""));
        line(text, prefix, pick("edition.workspace = true", "edition = \"" + pickFrom(EDITIONS) + "\"", "# none"));
        line(text, prefix, pick("rust-version.workspace = true", "publish = false", "# none"));
        line(text, prefix, pick("autobins = false", "autobins = true", "autolib = false", "# none", "# none"));
        text.append(features());
        text.append(targets(directory));
        text.append(dependencies(name, toPackages));
        return text.toString();
    }

    private static void line(StringBuilder text, String prefix, String line) {
        text.append(line.startsWith("#") ? line : prefix + line).append('\n');
    }

    private String features() {
        return "\n[features]\ndefault = [" + pick("", "\"f0\"", "\"f0\", \"f1\",") + "]\nf0 = []\nf1 = ["
                + pick("", "\"f0\"") + "]\n";
    }

    private String targets(Path directory) throws IOException {
        StringBuilder text = new StringBuilder();
        write(directory.resolve("src/lib.rs"), "");
        if (maybe(2)) {
            write(directory.resolve("src/main.rs"), "fn main() {}\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = "tool-" + random.nextInt(4);
            String file = maybe(2) ? "src/bin/" + name + ".rs" : "src/bin/" + name + "/main.rs";
            write(directory.resolve(file), "fn main() {}\n");
            if (maybe(2)) {
                String written = "\n[[bin]]\nname = \"" + name + "\"\n";
                text.append(text.indexOf(written) < 0 ? written + required() : "");
            }
        }
        if (maybe(3)) {
            text.append("\n[[bin]]\nname = \"aside\"\npath = \"" + pick("src/main.rs", "./src/main.rs", "aside.rs")
                    + "\"\n" + required());
        }
        if (maybe(2)) {
            text.append("\n[lib]\n" + pick("", "name = \"renamed_lib\"\n") + pick("", "path = \"src/lib.rs\"\n"));
            text.append(
                    pick("", "crate-type = [\"" + pickFrom(CRATE_TYPES) + "\", 'staticlib']\n", "proc-macro = true\n"));
        }
        return text.toString();
    }

    private String required() {
        return pick("", "required-features = [\"f0\"]\n", "required-features = [\n  \"f1\", # why\n  'f0',\n]\n");
    }

    private String dependencies(String name, String toPackages) {
        List<String> tables = new ArrayList<>(
                List.of("dependencies", "dev-dependencies", "build-dependencies", "target.'cfg(unix)'.dependencies"));
        StringBuilder text = new StringBuilder();
        // Only upwards, so that no cycle arises.
        int first = name.equals("top") ? 0 : Integer.parseInt(name.substring(1)) + 1;
        for (int i = first; i < packages; i++) {
            String table = tables.isEmpty() ? "" : tables.remove(random.nextInt(tables.size()));
            if (!table.isEmpty()) {
                String optional = table.startsWith("dev") ? "" : pick("", ", optional = true");
                String source = pick("workspace = true", "path = \"" + toPackages + "p" + i + "\"");
                text.append("\n[" + table + "]\np" + i + " = { " + source + optional
                        + pick("", ", features = [\"f1\"]", ", default-features = true") + " }\n");
            }
        }
        return text.toString();
    }

    private boolean maybe(int outOf) {
        return random.nextInt(outOf) == 0;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String pickFrom(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
