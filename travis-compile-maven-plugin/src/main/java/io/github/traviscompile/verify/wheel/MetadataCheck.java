package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.verify.gate.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Checks the files {@code METADATA} and {@code WHEEL} against the wheel's name and the project. */
record MetadataCheck(WheelName name, Optional<WheelProject> project, WheelFindings findings) {

    /** The known major versions (Python Packaging User Guide, "Core metadata specifications"). */
    private static final String KNOWN = "[12]\\.[0-9]+";

    private static final String REMEDY =
            " Correct [project] in pyproject.toml, or the build backend's own file, and build it again.";

    void metadata(HeaderFields fields) {
        String metadata = one(fields, "METADATA", "Metadata-Version");
        if (!metadata.isEmpty() && !metadata.matches(KNOWN)) {
            findings.error("has metadata of the version " + SafeText.quoted(metadata) + ", and installers know 1 and 2."
                    + REMEDY);
        }
        ProjectName called = new ProjectName(one(fields, "METADATA", "Name"));
        String version = one(fields, "METADATA", "Version");
        if (!called.text().isEmpty() && !called.isValid()) {
            findings.error("has the name " + SafeText.quoted(called.text())
                    + " in METADATA, which is not a valid project name: use letters, digits, '-', '_' and '.'."
                    + REMEDY);
        } else if (!called.text().isEmpty() && !called.isSame(name.project())) {
            findings.error("has the name " + SafeText.quoted(name.distribution()) + ", but METADATA says "
                    + SafeText.quoted(called.text()) + "." + REMEDY);
        }
        Optional<ProjectVersion> release = ProjectVersion.parse(version);
        if (!version.isEmpty() && release.isEmpty()) {
            findings.error("has the version " + SafeText.quoted(version)
                    + " in METADATA, which is not a Python version (PEP 440)." + REMEDY);
        } else if (release.isPresent() && !release.equals(name.release())) {
            findings.error("is of the version " + SafeText.quoted(name.version()) + " by its name, but METADATA says "
                    + SafeText.quoted(version) + "." + REMEDY);
        }
        project.ifPresent(wanted -> project(wanted, called, release, version));
    }

    private void project(WheelProject wanted, ProjectName called, Optional<ProjectVersion> release, String version) {
        if (called.isValid() && !called.isSame(wanted.name())) {
            findings.error("is of the project " + SafeText.quoted(called.text()) + ", but "
                    + SafeText.quoted(wanted.name().text()) + " was built." + REMEDY);
        }
        if (release.isPresent() && wanted.version().isPresent() && !release.equals(wanted.version())) {
            findings.error("has the version " + SafeText.quoted(version) + ", but the project has "
                    + SafeText.quoted(wanted.version().get().normal()) + "." + REMEDY);
        }
    }

    /** Checks {@code WHEEL} (PEP 427, "File contents"). */
    void wheel(HeaderFields fields, boolean hasBinaries) {
        String version = one(fields, "WHEEL", "Wheel-Version");
        if (!version.isEmpty() && !version.matches("1\\.[0-9]+")) {
            findings.error("is of the version " + SafeText.quoted(version)
                    + " of wheels, and installers know 1 only. Build it with another version of the build backend.");
        }
        String pure = one(fields, "WHEEL", "Root-Is-Purelib");
        if (!pure.isEmpty() && !pure.matches("(?i)true|false")) {
            findings.error("says Root-Is-Purelib: " + SafeText.quoted(pure) + ", which is neither true nor false."
                    + " Build it with another version of the build backend.");
        } else if (pure.equalsIgnoreCase("true") && hasBinaries) {
            findings.error("holds machine code, but says Root-Is-Purelib: true, so that it is installed among code for"
                    + " every machine. Declare the extension to the build backend, as with rust_extensions or"
                    + " has_ext_modules of setuptools.");
        }
        List<String> listed = List.copyOf(new TreeSet<>(fields.all("Tag")));
        if (!listed.equals(name.tags())) {
            findings.error("has the tags " + SafeText.list(name.tags()) + " by its name, but WHEEL lists "
                    + (listed.isEmpty() ? "none" : SafeText.list(listed))
                    + ". Do not rename wheels: 'wheel tags' changes both.");
        }
        List<String> builds = fields.all("Build");
        if (!builds.equals(name.build().stream().toList())) {
            findings.error(
                    "has " + name.build().map(build -> "the build tag " + build).orElse("no build tag")
                            + " by its name, but WHEEL says " + (builds.isEmpty() ? "none" : SafeText.list(builds))
                            + ". Do not rename wheels: 'wheel tags' changes both.");
        }
    }

    /** Returns the value of a field that must be present once, or an empty text after an error. */
    private String one(HeaderFields fields, String file, String field) {
        List<String> values = fields.all(field);
        if (values.size() == 1 && !values.get(0).isEmpty()) {
            return values.get(0);
        }
        findings.error("has " + (values.size() > 1 ? values.size() + " fields " : "no field ") + field + " in " + file
                + ", where every wheel has one. Build it with another version of the build backend.");
        return "";
    }
}
