package io.github.traviscompile.run.plan;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WheelBuild;
import io.github.traviscompile.packaging.Format;
import io.github.traviscompile.packaging.JarLayout;
import io.github.traviscompile.packaging.JarManifest;
import io.github.traviscompile.packaging.ModuleName;
import io.github.traviscompile.packaging.RawArtifact;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * In which form, and under which names, the files of a run are delivered.
 *
 * @param together whether there is a jar with the files of all platforms, too
 * @param provenance whether each platform's files come with a statement of where they are from
 * @param bom whether they come with a bill of materials
 * @param project what jars say they belong to
 */
public record ArtifactPlan(
        Format format,
        JarLayout layout,
        boolean together,
        boolean provenance,
        boolean bom,
        CrossCompileRequest.Coordinates project) {

    private static final String TOGETHER = "all";

    private static final String WHEEL = "whl";

    private static final String PROVENANCE = "intoto.json";

    /** By which tools know such a file (CycloneDX, Specification Overview, "Recognized file patterns"). */
    private static final String BOM = "cdx.json";

    /** Decides what the request means. */
    static ArtifactPlan of(
            CrossCompileRequest.ArchiveOptions form,
            CrossCompileRequest.Coordinates project,
            boolean locked,
            List<String> warnings)
            throws ActionNeededException {
        Format format = form.format();
        JarLayout layout = form.jarLayout().orElse(JarLayout.DEFAULT);
        if (form.jarWithAllPlatforms() && format != Format.JAR) {
            throw new ActionNeededException(Parameter.JAR_WITH_ALL_PLATFORMS + " needs jars, but"
                    + " " + Parameter.FORMAT + " is '" + format
                    + "'. Set the one to 'false' or the other to"
                    + " 'jar'.");
        }
        if (form.jarLayout().isPresent() && format != Format.JAR) {
            warnings.add(Parameter.JAR_LAYOUT + " says nothing while " + Parameter.FORMAT + " is '" + format
                    + "'. Leave it out, or set <format> to 'jar'.");
        }
        return new ArtifactPlan(
                format, layout, form.jarWithAllPlatforms(), form.provenance(), form.sbom() && locked, project);
    }

    /** Makes sure that all files of {@code legs} can be attached beside those whose names are {@code taken}. */
    void requireDistinct(List<Leg> legs, Set<ArtifactName> taken) throws ActionNeededException {
        if (format == Format.RAW) {
            RawArtifact.requireDistinct(
                    legs.stream().flatMap(leg -> raw(leg).stream()).toList());
        }
        if (format == Format.JAR) {
            layout.requireFolders(legs.stream().map(Leg::platform).toList());
        }
        if (together) {
            layout.requireDistinct(legs.stream().map(Leg::platform).toList());
        }
        for (ArtifactName name : names(legs)) {
            if (taken.contains(name)) {
                throw new ActionNeededException("A file with the classifier '" + name.classifier() + "' and the type '"
                        + name.type()
                        + "' is attached already, by another execution in this module. Give one of the two"
                        + " other <platforms>, or set " + Parameter.ATTACH.setTo("false") + " for one, or move"
                        + " it to a module of its own.");
            }
        }
    }

    /** The names of all files that are made of {@code legs}. */
    private List<ArtifactName> names(List<Leg> legs) {
        List<ArtifactName> names = new ArrayList<>();
        for (Leg leg : legs) {
            names.addAll(names(leg));
            if (provenance) {
                names.add(provenance(leg));
            }
            if (bom) {
                names.add(bom(leg));
            }
        }
        if (together) {
            names.add(allPlatforms());
        }
        return names;
    }

    /** The names of the files that hold what {@code leg} compiles, wheels last. */
    public List<ArtifactName> names(Leg leg) {
        List<ArtifactName> names = new ArrayList<>();
        if (format == Format.RAW) {
            raw(leg).forEach(raw -> names.add(new ArtifactName(raw.classifier(), raw.type())));
        } else if (leg.hasCargoOutputs()) {
            names.add(new ArtifactName(leg.platform().id(), format.id()));
        }
        leg.outputs().stream()
                .filter(output -> output.kind() == OutputKind.WHEEL)
                .forEach(output -> names.add(wheel(leg, output)));
        return names;
    }

    /** Names a wheel; with several Pythons the classifier ends with the Python's tag (PEP 425). */
    public ArtifactName wheel(Leg leg, Output output) {
        List<String> pythons = leg.wheels().map(WheelBuild::pythons).orElse(List.of());
        String suffix = pythons.size() < 2
                ? ""
                : output.fileName()
                        .replaceFirst("^wheel-", "-cp")
                        .replaceFirst("\\.whl$", "")
                        .replace(".", "");
        return new ArtifactName(leg.platform().id() + suffix, WHEEL);
    }

    public ArtifactName raw(Leg leg, Output output) {
        RawArtifact raw = new RawArtifact(leg.platform(), output);
        return new ArtifactName(raw.classifier(), raw.type());
    }

    private static List<RawArtifact> raw(Leg leg) {
        return leg.outputs().stream()
                .filter(output -> output.kind() != OutputKind.WHEEL)
                .map(output -> new RawArtifact(leg.platform(), output))
                .toList();
    }

    public ArtifactName provenance(Leg leg) {
        return new ArtifactName(leg.platform().id(), PROVENANCE);
    }

    public ArtifactName bom(Leg leg) {
        return new ArtifactName(leg.platform().id(), BOM);
    }

    public ArtifactName allPlatforms() {
        return new ArtifactName(TOGETHER, Format.JAR.id());
    }

    /** Returns the manifest of the jar {@code name}. */
    public JarManifest manifest(ArtifactName name) {
        return new JarManifest(
                project.artifactId(),
                project.version(),
                ModuleName.of(project.groupId(), project.artifactId(), name.classifier()));
    }
}
