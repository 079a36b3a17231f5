package io.github.traviscompile.standin;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The disk of a machine of {@link AppVeyorStandIn}, fresh for each job. It has no Rust until rustup's installer, which comes
 * from no network here, puts into the home what {@link TravisMachines} names for its system.
 *
 * <p>Lines {@code sh} are bash's own. Of {@code cmd} as much is understood as the file needs: {@code set NAME=VALUE} with
 * variables as {@code %NAME%}, and a program with its words, which lies in the current folder, on the path, or in quotes
 * below {@code C:\}, a folder of the disk. Anything else is refused.
 */
final class AppVeyorImage {

    private static final Pattern SET = Pattern.compile("set (\\w+)=(.*)");
    private static final Pattern CALL = Pattern.compile("(\"C:\\\\[^\"]+\"|[\\w.-]+)((?: [\\w.:/-]+)*)");
    private static final Pattern VARIABLE = Pattern.compile("%(\\w+)%");
    private static final Path CURL = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "curl"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("curl"));

    private final String system;
    private final Path disk;

    private AppVeyorImage(String system, Path disk) {
        this.system = system;
        this.disk = disk;
    }

    static AppVeyorImage lay(String name, TravisMachines machines, Path disk) throws IOException {
        String system;
        if (name.matches("Visual Studio 20(19|22|26)")) {
            system = "windows";
        } else if (name.matches("Ubuntu2[024]04")) {
            system = "linux";
        } else if (name.matches("macos-(sonoma|ventura|monterey)")) {
            system = "osx";
        } else {
            throw new IOException("There is no image '" + name + "'.");
        }
        AppVeyorImage image = new AppVeyorImage(system, disk);
        Files.createDirectories(image.home());
        image.layTools(Objects.requireNonNullElse(machines.tools().get(system), List.of()));
        return image;
    }

    private void layTools(List<Path> rust) throws IOException {
        Path programs = Files.createDirectories(disk.resolve("rust"));
        for (Path folder : rust) {
            for (String program : List.of("rustup", "rustc", "cargo")) {
                Path file = folder.resolve(program);
                if (Files.isExecutable(file) && !Files.exists(programs.resolve(program))) {
                    TravisImages.tool(programs, program, "exec '" + file + "' \"$@\"");
                }
            }
        }
        TravisImages.tool(
                disk,
                "rustup-init",
                "mkdir -p \"$HOME/.cargo/bin\"",
                "cp '" + programs + "'/* \"$HOME/.cargo/bin\"",
                "echo \"$*\" >>\"$HOME/rustup-init.calls\"");
        String fetch = "cp '" + disk.resolve("rustup-init") + "' ";
        if (system.equals("windows")) {
            TravisImages.tool(
                    tools(),
                    "appveyor",
                    "[ \"$1 $3\" = 'DownloadFile -FileName' ] && [[ $2 == https://static.rust-lang.org/* ]] &&",
                    fetch + "\"$4\"");
            TravisImages.tool(disk.resolve("c/Program Files/Git/bin"), "bash.exe", "exec /bin/bash \"$@\"");
        } else {
            TravisImages.tool(
                    tools(),
                    "curl",
                    "[[ ${!#} == https://static.rust-lang.org/* ]] || exec '" + CURL + "' \"$@\"",
                    fetch + "rustup-init.sh");
            TravisImages.tool(tools(), "sudo", "exec \"$@\"");
            TravisImages.tool(tools(), "apt-get", "echo \"$*\" >>\"$HOME/apt-get.calls\"");
        }
    }

    Path tools() {
        return disk.resolve("tools");
    }

    Path home() {
        return disk.resolve("home");
    }

    Path checkout() {
        return disk.resolve("projects/builds");
    }

    /** Git for Windows turns line ends around unless told otherwise. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        if (system.equals("windows")) {
            environment.put("USERPROFILE", home().toString());
            environment.put("GIT_CONFIG_SYSTEM", disk.resolve("gitconfig").toString());
        }
        return environment;
    }

    /** All that the job does, for bash. */
    Path script(AppVeyorEvent event, Map<Object, Object> config) throws IOException {
        Files.writeString(disk.resolve("gitconfig"), "[core]\n\tautocrlf = true\n");
        StringBuilder script = new StringBuilder("""
                run() {
                  echo "$1"
                  eval "$2"
                  local status=$?
                  if [ $status -ne 0 ]; then
                    echo "Command exited with code $status"
                    exit $status
                  fi
                }
                echo 'Build started'
                """);
        addPhase(script, "init", config);
        String depth = config.containsKey("clone_depth") ? " --depth=" + config.get("clone_depth") : "";
        String clone = "git clone -q" + depth + " --branch=" + event.branch() + " 'file://" + event.origin() + "' '"
                + checkout() + "'";
        script.append("run " + quoted(clone) + " " + quoted(clone) + "\n");
        script.append("cd '" + checkout() + "' || exit\n");
        String checkout = "git checkout -qf " + event.commit();
        script.append("run " + quoted(checkout) + " " + quoted(checkout) + "\n");
        addPhase(script, "install", config);
        addPhase(script, "build_script", config);
        return Files.writeString(disk.resolve("job"), script);
    }

    private void addPhase(StringBuilder script, String phase, Map<Object, Object> config) throws IOException {
        List<?> commands = config.get(phase) instanceof List<?> list ? list : List.of();
        if (!commands.isEmpty()) {
            script.append("echo 'Running \"" + phase + "\" scripts'\n");
        }
        for (Object command : commands) {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) command).entrySet()) {
                String line = entry.getValue().toString();
                boolean windows = system.equals("windows");
                switch (entry.getKey().toString()) {
                    case "sh" -> {
                        if (!windows) {
                            script.append("run " + quoted(line) + " " + quoted(line) + "\n");
                        }
                    }
                    case "cmd" -> {
                        if (windows) {
                            script.append("run " + quoted(line) + " " + quoted(ofCmd(line)) + "\n");
                        }
                    }
                    default -> throw new IOException("The command '" + command + "' is beyond this stand-in.");
                }
            }
        }
    }

    private String ofCmd(String line) throws IOException {
        Matcher set = SET.matcher(line);
        Matcher call = CALL.matcher(line);
        if (set.matches()) {
            String value =
                    Stream.of(set.group(2).split(";", -1)).map(this::path).collect(Collectors.joining(":"));
            return "export " + set.group(1) + "=\"" + VARIABLE.matcher(value).replaceAll("\\${$1}") + "\"";
        }
        if (call.matches()) {
            String program = path(call.group(1).replace("\"", ""));
            return "program='" + program + "'; [ ! -x \"./$program\" ] || program=./$program; \"$program\""
                    + call.group(2);
        }
        throw new IOException("The line '" + line + "' for cmd is beyond this stand-in.");
    }

    private String path(String windows) {
        return windows.replaceFirst("^C:\\\\", Matcher.quoteReplacement(disk + "/c/"))
                .replace('\\', '/');
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
