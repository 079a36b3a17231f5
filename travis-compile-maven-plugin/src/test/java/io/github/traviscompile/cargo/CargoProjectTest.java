package io.github.traviscompile.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.FileNaming;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CargoProjectTest {

    @TempDir
    Path directory;

    @Test
    void selectsWhatCargoWouldBuildHere() throws Exception {
        Path root = Fixtures.copy("virtual-workspace", directory);

        assertThat(CargoProject.read(root).select(List.of()))
                .extracting(CargoPackage::name)
                .containsExactly("one");
        assertThat(CargoProject.read(root.resolve("crates/two")).select(List.of()))
                .extracting(CargoPackage::name)
                .containsExactly("two");
    }

    @Test
    void selectsTheNamedPackagesOnceEach() throws Exception {
        CargoProject project = CargoProject.read(Fixtures.copy("virtual-workspace", directory));

        assertThat(project.select(List.of("two", "app1", "two")))
                .extracting(CargoPackage::name)
                .containsExactly("two", "app1");
    }

    @Test
    void takesThePathOfTheManifestToo() throws Exception {
        Path root = Fixtures.copy("one-binary", directory);

        assertThat(CargoProject.read(root.resolve("Cargo.toml"))).isEqualTo(CargoProject.read(root));
    }

    @ParameterizedTest
    @CsvSource({
        "ELF,          libother_name.so,    libother_name.a, several-binaries",
        "MACH_O,       libother_name.dylib, libother_name.a, several-binaries",
        "WINDOWS_MSVC, other_name.dll,      other_name.lib,  several-binaries.exe",
        "WINDOWS_GNU,  other_name.dll,      libother_name.a, several-binaries.exe",
    })
    void namesTheFilesOfEachFamilyOfTargets(FileNaming naming, String dynamic, String archive, String executable)
            throws Exception {
        CargoProject libraries = CargoProject.read(Fixtures.copy("renamed-library", directory));
        CargoProject binaries = CargoProject.read(Fixtures.copy("several-binaries", directory));

        assertThat(libraries.outputs(release("renamed-library"), naming))
                .containsExactly(Output.of(OutputKind.CDYLIB, dynamic), Output.of(OutputKind.STATICLIB, archive));
        List<Output> outputs = binaries.outputs(release("several-binaries"), naming);
        assertThat(outputs).extracting(Output::fileName).contains(executable);
        assertThat(outputs.get(0).kind()).isEqualTo(OutputKind.DYLIB);
    }

    @Test
    void makesNoOutputsOfMacros() throws Exception {
        CargoProject project = CargoProject.read(Fixtures.copy("proc-macro", directory));

        CargoBuild all = new CargoBuild(List.of("the-macros", "old-macros", "user"), List.of(), false, "release", true);

        assertThat(project.outputs(all, FileNaming.ELF))
                .extracting(Output::fileName)
                .containsExactly("user");
    }

    @Test
    void findsThePathsOutsideTheSnapshot() throws Exception {
        Path shape = Fixtures.copy("root-aside", directory);
        CargoProject project = CargoProject.read(shape.resolve("member"));

        assertThat(project.pathDependenciesOutside(shape.resolve("root")))
                .containsExactlyInAnyOrder(
                        dependency(shape, "member", "sibling"),
                        dependency(shape, "member", "stranger"),
                        dependency(shape, "stranger", "further"));
        assertThat(project.pathDependenciesOutside(shape)).isEmpty();
    }

    @Test
    void findsThePatchesOutsideTheSnapshot() throws Exception {
        Path shape = Fixtures.copy("patched", directory);
        CargoProject project = CargoProject.read(shape.resolve("project"));

        assertThat(project.pathDependenciesOutside(project.root()))
                .containsExactly(dependency(shape, "project", "patch-one"));
    }

    private static PathDependency dependency(Path shape, String from, String to) {
        return new PathDependency(to, shape.resolve(from).resolve("Cargo.toml"), shape.resolve(to));
    }

    @Test
    void knowsTheProfilesOfManifestAndConfiguration() throws Exception {
        CargoProject project = CargoProject.read(Fixtures.copy("profiles", directory));

        assertThat(project.profiles())
                .containsExactlyInAnyOrder("dev", "release", "test", "bench", "dist", "tiny", "from-configuration");
        project.requireProfile("tiny");
    }

    @Test
    void findsTheDocumentsOfAPackageElseOfTheRoot() throws Exception {
        Path root = Fixtures.copy("inheritance", directory);
        Path single = Fixtures.copy("one-binary", directory);
        Path renamed = Fixtures.copy("renamed-library", directory);

        assertThat(member(CargoProject.read(root), "app").documents())
                .containsExactly(
                        root.resolve("legal/LICENCE.txt"), root.resolve("docs/README.md"), root.resolve("NOTICE"));
        assertThat(member(CargoProject.read(root), "core").documents()).containsExactly(root.resolve("NOTICE"));
        assertThat(member(CargoProject.read(single), "one-binary").documents())
                .containsExactly(
                        single.resolve("LICENSE-APACHE"), single.resolve("LICENSE-MIT"), single.resolve("README.md"));
        assertThat(member(CargoProject.read(renamed), "renamed-library").documents())
                .containsExactly(renamed.resolve("legal/TERMS.txt"), renamed.resolve("COPYING"));
    }

    @Test
    void readsThePythonSideOfAPackageElseOfTheRoot() throws Exception {
        Path root = Fixtures.copy("python-module", directory);
        CargoProject project = CargoProject.read(root);

        assertThat(member(project, "native").pyProject())
                .contains(new PyProject(
                        root.resolve("native/pyproject.toml"),
                        Optional.of("setuptools.build_meta"),
                        List.of("setuptools-rust"),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(member(project, "plain").pyProject())
                .contains(new PyProject(
                        root.resolve("pyproject.toml"),
                        Optional.of("maturin"),
                        List.of("maturin>=1"),
                        Optional.of("whole"),
                        Optional.empty()));
    }

    @Test
    void readsEveryFormOfTheToolchainFile() throws Exception {
        Path root = Fixtures.copy("one-binary", directory);
        assertThat(CargoProject.read(root).toolchain()).isEmpty();

        Files.writeString(
                root.resolve("rust-toolchain.toml"),
                "[toolchain]\nchannel = \"1.85.0\"\ntargets = [\"x86_64-unknown-linux-musl\"]\ncomponents = [\"rust-src\"]\n");
        assertThat(CargoProject.read(root).toolchain())
                .contains(new RustToolchain(
                        Optional.of("1.85.0"),
                        List.of("x86_64-unknown-linux-musl"),
                        List.of("rust-src"),
                        Optional.empty()));

        Files.writeString(root.resolve("rust-toolchain"), "nightly-2026-01-01\n");
        assertThat(CargoProject.read(root).toolchain())
                .contains(new RustToolchain(Optional.of("nightly-2026-01-01"), List.of(), List.of(), Optional.empty()));

        Files.writeString(root.resolve("rust-toolchain"), "[toolchain]\npath = \"/opt/rust\"\n");
        assertThat(CargoProject.read(root).toolchain())
                .contains(new RustToolchain(Optional.empty(), List.of(), List.of(), Optional.of("/opt/rust")));
    }

    @Test
    void findsTheLockFile() throws Exception {
        Path root = Fixtures.copy("one-binary", directory);
        assertThat(CargoProject.read(root).locked()).isTrue();

        Files.delete(root.resolve("Cargo.lock"));
        assertThat(CargoProject.read(root).locked()).isFalse();
    }

    private static CargoBuild release(String name) {
        return new CargoBuild(List.of(name), List.of(), false, "release", true);
    }

    private static CargoPackage member(CargoProject project, String name) throws Exception {
        return project.select(List.of(name)).get(0);
    }
}
