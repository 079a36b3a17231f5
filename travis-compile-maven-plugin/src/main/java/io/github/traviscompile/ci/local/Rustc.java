package io.github.traviscompile.ci.local;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RustTarget;
import io.github.traviscompile.model.WorkFailedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Queries a compiler in the environment and directory of {@code command}. */
record Rustc(Path file, Command command) {

    /**
     * Returns its answer to {@code -vV}.
     *
     * @param requested the toolchain requested from rustup
     */
    String describe(Optional<String> requested) throws CrossCompileException {
        Command.CommandResult answer = ask("-vV");
        if (!answer.succeeded() && requested.isPresent()) {
            throw new ActionNeededException("The toolchain '" + requested.get()
                    + "' of " + Parameter.TOOLCHAIN + " does not run on this machine: "
                    + firstLine(answer.errors()) + ". Run: rustup toolchain install " + requested.get() + ".");
        }
        if (!answer.succeeded()) {
            throw new ActionNeededException("'" + file + " -vV' failed in " + command.directory() + ": "
                    + firstLine(answer.errors()) + ". Repair the Rust installation.");
        }
        return answer.output();
    }

    /** Returns a field of {@link #describe}'s result. */
    static String field(String description, String name) throws WorkFailedException {
        Matcher matcher =
                Pattern.compile("(?m)^" + Pattern.quote(name) + ": (\\S+)\\s*$").matcher(description);
        if (!matcher.find()) {
            throw new WorkFailedException("rustc's answer to -vV has no line '" + name + "': " + description + ".");
        }
        return matcher.group(1);
    }

    /** Returns the directory of its toolchain. */
    Path sysroot() throws WorkFailedException {
        Command.CommandResult answer = ask("--print", "sysroot");
        if (!answer.succeeded()) {
            throw new WorkFailedException("'" + file + " --print sysroot' failed: " + firstLine(answer.errors()) + ".");
        }
        return Path.of(answer.output());
    }

    /** Returns why it cannot compile for {@code target}; empty if the standard library is installed. */
    Optional<String> missingStandardLibrary(RustTarget target) throws WorkFailedException {
        Command.CommandResult answer = ask("--print", "target-libdir", "--target", target.triple());
        if (!answer.succeeded()) {
            return Optional.of(firstLine(answer.errors()));
        }
        String @Nullable [] names = Path.of(answer.output()).toFile().list();
        return names != null && Stream.of(names).anyMatch(name -> name.startsWith("libcore-"))
                ? Optional.empty()
                : Optional.of("there is none in " + answer.output());
    }

    private Command.CommandResult ask(String... words) throws WorkFailedException {
        return command.ask(
                Stream.concat(Stream.of(file.toString()), Stream.of(words)).toList());
    }

    /** Returns the first line without its full stop, to continue a sentence. */
    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("no reason given").replaceFirst("\\.$", "");
    }
}
