package io.github.traviscompile.run.plan;

import io.github.traviscompile.cargo.CargoPackage;
import io.github.traviscompile.cargo.PyProject;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.WheelBuild;
import io.github.traviscompile.model.WheelBuild.Backend;
import io.github.traviscompile.run.api.ArtifactKind;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.verify.wheel.ProjectName;
import io.github.traviscompile.verify.wheel.ProjectVersion;
import io.github.traviscompile.verify.wheel.WheelProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whether wheels are built of a project, and how.
 *
 * @param cargo whether what cargo makes is delivered, too
 * @param build how, where any are
 * @param project what they are wheels of, as far as manifests say it
 * @param onePythonOnly whether each wheel fits only the Python that it was built with
 */
public record WheelPlan(
        boolean cargo, Optional<WheelBuild> build, Optional<WheelProject> project, boolean onePythonOnly) {

    private static final Parameter PARAMETER = Parameter.ARTIFACTS;
    private static final Parameter VERSIONS = Parameter.PYTHON_VERSIONS;

    /**
     * Decides what the request means.
     *
     * @param root of the snapshot
     */
    static WheelPlan of(CrossCompileRequest.BuildOptions what, List<CargoPackage> packages, Path root)
            throws ActionNeededException {
        Set<ArtifactKind> artifacts = what.python().artifacts();
        Optional<CargoPackage> owner =
                packages.stream().filter(WheelPlan::hasWheels).findFirst();
        boolean wheels = artifacts.isEmpty() ? owner.isPresent() : artifacts.contains(ArtifactKind.WHEEL);
        if (!wheels) {
            return new WheelPlan(true, Optional.empty(), Optional.empty(), false);
        }
        PyProject python = owner.flatMap(CargoPackage::pyProject)
                .orElseThrow(() -> new ActionNeededException("No wheel can be built of "
                        + String.join(
                                ", ", packages.stream().map(CargoPackage::name).toList())
                        + ": beside no Cargo.toml of these, or of their workspace, lies a pyproject.toml whose build"
                        + " backend is maturin or that requires setuptools-rust. Write one, or take 'wheel' out of "
                        + PARAMETER + "."));
        requireOneProject(packages);
        boolean each = packages.stream().anyMatch(CargoPackage::fitsOnePythonOnly);
        WheelBuild build = build(what, python, root, each);
        requireTaken(what, build);
        return new WheelPlan(
                artifacts.contains(ArtifactKind.CARGO), Optional.of(build), project(python, owner.get()), each);
    }

    private static boolean hasWheels(CargoPackage cargoPackage) {
        return cargoPackage.pyProject().flatMap(PyProject::rustBackend).isPresent();
    }

    private static void requireOneProject(List<CargoPackage> packages) throws ActionNeededException {
        List<Path> files = packages.stream()
                .filter(WheelPlan::hasWheels)
                .flatMap(each -> each.pyProject().stream())
                .map(PyProject::file)
                .distinct()
                .toList();
        if (files.size() > 1) {
            throw new ActionNeededException("Several Python projects could be meant: "
                    + String.join(", ", files.stream().map(Path::toString).toList())
                    + ". Name the package of one in " + Parameter.PACKAGES + ", and build others in"
                    + " executions of their own.");
        }
    }

    /** A wheel of the stable ABI is the same whichever Python builds it, so that one is enough. */
    private static WheelBuild build(CrossCompileRequest.BuildOptions what, PyProject python, Path root, boolean each)
            throws ActionNeededException {
        Path directory = Objects.requireNonNull(python.file().getParent());
        if (!directory.startsWith(root)) {
            throw new ActionNeededException("The Python project " + directory + " lies outside of " + root
                    + ", which is all that is taken to where the legs compile. Set " + Parameter.SNAPSHOT_ROOT
                    + " to a directory that holds it too.");
        }
        List<String> versions = what.python().versions();
        try {
            return new WheelBuild(
                    python.rustBackend().orElseThrow(),
                    root.relativize(directory).toString().replace('\\', '/'),
                    each || versions.isEmpty() ? versions : versions.subList(0, 1));
        } catch (IllegalArgumentException e) {
            throw new ActionNeededException(e.getMessage() + " Correct " + VERSIONS + ", as in 3.12.", e);
        }
    }

    private static void requireTaken(CrossCompileRequest.BuildOptions what, WheelBuild build)
            throws ActionNeededException {
        if (build.backend() == Backend.SETUPTOOLS_RUST
                && (!what.features().isEmpty()
                        || what.noDefaultFeatures()
                        || !what.profile().equals("release"))) {
            throw new ActionNeededException(
                    "setuptools-rust takes features and profile from setup.py or pyproject.toml, so that "
                            + Parameter.FEATURES + ", " + Parameter.NO_DEFAULT_FEATURES + " and"
                            + " " + Parameter.PROFILE + " would say nothing. Write them there, and leave the"
                            + " parameters out.");
        }
    }

    /** maturin takes from Cargo.toml what pyproject.toml does not say (maturin's user guide, "Python Metadata"). */
    private static Optional<WheelProject> project(PyProject python, CargoPackage owner) {
        boolean maturin = python.rustBackend().equals(Optional.of(Backend.MATURIN));
        Optional<String> name = python.projectName().or(() -> maturin ? Optional.of(owner.name()) : Optional.empty());
        Optional<String> version =
                python.projectVersion().or(() -> maturin ? Optional.of(owner.version()) : Optional.empty());
        return name.map(text -> new WheelProject(new ProjectName(text), version.flatMap(ProjectVersion::parse)));
    }

    /** Refuses what no Python could import, or what no machine of {@code service} could build. */
    void requirePossible(Platform platform, Service service, Host host) throws ActionNeededException {
        if (build.isEmpty()) {
            return;
        }
        String leaveOut = " Leave it out of " + Parameter.PLATFORMS + ", or take 'wheel' out of " + PARAMETER + ".";
        if (platform == Platform.OSX_X86_32) {
            throw new ActionNeededException("There is no wheel for " + platform
                    + ": Python 3 has no version for 32-bit macOS that pip would install wheels into." + leaveOut);
        }
        boolean own = service.isLocal()
                ? host.platform().equals(Optional.of(platform))
                : platform.target().cpu() != Cpu.X86_32
                        && !platform.target().libc().equals(Optional.of(LibcFamily.MUSL));
        if (onePythonOnly && !own) {
            throw new ActionNeededException("A wheel for " + platform + " needs a Python of that platform, since PyO3's"
                    + " feature abi3 is off, and the machine that compiles has another. Switch on abi3-py38 or the like"
                    + " for pyo3 in Cargo.toml, so that one wheel fits every Python." + leaveOut);
        }
    }
}
