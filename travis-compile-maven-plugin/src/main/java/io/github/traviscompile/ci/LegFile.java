package io.github.traviscompile.ci;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.WheelBuild;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The data file of one leg: lines {@code key=value} in UTF-8, each ended by LF; several values repeat the key. {@code
 * leg.sh} reads it line by line and never evaluates a value. An {@code output} is {@code <id> <kind> <max bytes> <file
 * name>}, a {@code tool} is {@code <name> <version> <processor> <sha256> <address>}.
 */
final class LegFile {

    private final StringBuilder text = new StringBuilder();

    private LegFile() {}

    /** Returns the content for {@code leg}, with the Cargo workspace in {@code directory} below the snapshot's root. */
    static byte[] of(RunId run, String directory, Leg leg) {
        LegFile file = new LegFile();
        file.line("run", run.hex());
        file.line("leg", leg.id());
        file.line("service", leg.service().id());
        file.line("target", leg.target().triple());
        leg.toolchain().ifPresent(toolchain -> file.line("toolchain", toolchain));
        file.line("directory", directory);
        file.line("profile_directory", leg.build().profileDirectory());
        if (leg.hasCargoOutputs()) {
            leg.build()
                    .arguments(leg.target(), leg.setup().glibc())
                    .forEach(argument -> file.line("argument", argument));
        }
        leg.wheels().ifPresent(wheels -> file.wheels(wheels, leg));
        leg.environment().forEach((name, value) -> file.line("env", name + "=" + value));
        if (needsDynamicCrt(leg)) {
            List.of("-C", "target-feature=-crt-static").forEach(flag -> file.line("rustflag", flag));
        }
        leg.setup().rustFlags().forEach(flag -> file.line("rustflag", flag));
        leg.setup()
                .packages()
                .forEach(each -> file.line("package", each.manager().id() + " " + each.name()));
        if (leg.setup().glibc().isPresent() && !leg.service().isLocal()) {
            PinnedTool.ZIGBUILD.forEach(tool -> file.line("tool", tool.words()));
        }
        leg.outputs().forEach(output -> file.line("output", words(output)));
        leg.smokeTest().ifPresent(command -> file.line("smoke_test", command));
        return file.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes maturin's arguments on one line, as maturin reads them from a variable; none holds a space. */
    private void wheels(WheelBuild wheels, Leg leg) {
        line("wheel_backend", wheels.backend().name().toLowerCase(Locale.ROOT));
        line("wheel_directory", wheels.directory());
        WheelBuild.hostPlatform(leg.platform()).ifPresent(platform -> line("wheel_platform", platform));
        line("wheel_arguments", String.join(" ", WheelBuild.maturinArguments(leg.build(), leg.target())));
    }

    private static String words(Output output) {
        String kind = output.kind().name().toLowerCase(Locale.ROOT);
        return output.id() + " " + kind + " " + output.maxBytes() + " " + output.fileName();
    }

    /** By default musl targets link the C library statically, and then rustc makes no dynamic library. */
    private static boolean needsDynamicCrt(Leg leg) {
        return leg.target().libc().equals(Optional.of(LibcFamily.MUSL))
                && leg.outputs().stream()
                        .map(Output::kind)
                        .anyMatch(kind -> kind == OutputKind.CDYLIB || kind == OutputKind.DYLIB);
    }

    private void line(String key, String value) {
        if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw new IllegalArgumentException("The value of '" + key + "' for a leg holds a line break or a NUL.");
        }
        text.append(key).append('=').append(value).append('\n');
    }
}
