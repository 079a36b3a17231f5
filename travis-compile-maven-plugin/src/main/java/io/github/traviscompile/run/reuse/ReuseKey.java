package io.github.traviscompile.run.reuse;

import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSetup;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.SystemPackage;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WheelBuild;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Identifies everything that a leg's outputs depend on: legs with equal keys have equal outputs. Order without meaning
 * for Cargo, of packages and features for instance, does not count.
 */
public record ReuseKey(Sha256 digest) {

    /** The version of the fields below and of the stored content; a change of meaning raises it. */
    private static final String FORMAT = "travis-compile reuse 2";

    /**
     * Returns the key of {@code leg}.
     *
     * @param workspacePath the Cargo workspace's folder relative to the snapshot's root
     * @param toolchain the compiler: the answer of {@code rustc -vV} if known beforehand, else the request
     * @param legScript the digest of the script that runs the leg
     */
    public static ReuseKey of(
            TreeId snapshot, Path workspacePath, Leg leg, String toolchain, String pluginVersion, Sha256 legScript) {
        CanonicalText text = new CanonicalText();
        text.add(FORMAT);
        text.add(pluginVersion);
        text.add(legScript.hex());
        text.add(snapshot.hex());
        text.add(workspacePath.toString().replace('\\', '/'));
        text.add(toolchain);
        text.add(leg.platform().id());
        text.add(leg.target().triple());
        text.add(leg.service().id());
        text.addAll(leg.toolchain().stream().toList());
        addBuild(text, leg.build());
        leg.environment().forEach((name, value) -> text.addAll(List.of(name, value)));
        leg.wheels().ifPresent(wheels -> addWheels(text, wheels));
        text.addAll(leg.smokeTest().stream().toList());
        if (!leg.setup().equals(LegSetup.NONE)) {
            addSetup(text, leg.setup());
        }
        text.add("outputs");
        for (Output output :
                leg.outputs().stream().sorted(Comparator.comparing(Output::id)).toList()) {
            text.addAll(List.of(output.id(), output.fileName(), output.kind().name()));
        }
        return new ReuseKey(Sha256.of(text.digest));
    }

    /** Adds the wheels. Omitted without wheels, so that older keys stay valid. */
    private static void addWheels(CanonicalText text, WheelBuild wheels) {
        text.add("wheels");
        text.add(wheels.backend().name());
        text.add(wheels.directory());
        text.addAll(wheels.pythons());
    }

    private static void addSetup(CanonicalText text, LegSetup setup) {
        text.add("setup");
        text.addAll(setup.rustFlags());
        text.addAll(setup.packages().stream().map(SystemPackage::name).sorted().toList());
        setup.glibc().ifPresent(glibc -> text.addAll(List.of("glibc", glibc.toString())));
    }

    private static void addBuild(CanonicalText text, CargoBuild build) {
        text.addAll(build.packages().stream().sorted().toList());
        text.addAll(build.features().stream().sorted().toList());
        text.add(String.valueOf(build.noDefaultFeatures()));
        text.add(build.profile());
        text.add(String.valueOf(build.locked()));
    }

    /** A digest over each value after its length and each list after its count, so no two sequences are equal. */
    private static final class CanonicalText {

        private final MessageDigest digest = Sha256.newDigest();

        void add(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }

        void addAll(Collection<String> values) {
            add(String.valueOf(values.size()));
            values.forEach(this::add);
        }
    }

    /** Returns the name of the entry in the store. */
    String entryName() {
        return digest.hex();
    }
}
