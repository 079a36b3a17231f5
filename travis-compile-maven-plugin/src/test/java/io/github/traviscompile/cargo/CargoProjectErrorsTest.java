package io.github.traviscompile.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.FileNaming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CargoProjectErrorsTest {

    private static final String PACKAGE = "[package]\nname = \"%s\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void resolveRoot() throws IOException {
        root = temporary.toRealPath();
    }

    @Test
    void sayWhereThereIsNoCargoToml() {
        refused(this::read)
                .hasMessageContaining("There is no Cargo.toml at " + root)
                .hasMessageContaining("<cargoProject> (-Dtravis-compile.cargoProject)");
        refused(() -> CargoProject.read(root.resolve("nowhere"))).hasMessageContaining("nowhere");
    }

    @Test
    void sayInWhichLineAndColumnTheFileIsNotToml() throws Exception {
        write("Cargo.toml", "[package]\nname = \"broken\nversion = \"1\"\n");

        refused(this::read)
                .hasMessageContaining(root.resolve("Cargo.toml") + " is not TOML: line 2, column ")
                .hasMessageContaining("Correct it there.");
    }

    @Test
    void refuseWhatOnlyTheLenientParserAccepts() throws Exception {
        write("Cargo.toml", PACKAGE.formatted("lenient") + "authors = [\"x\" \"y\"]\n");

        refused(this::read).hasMessageContaining("is not TOML: line 5, column ");
    }

    @Test
    void sayThatTheFileIsNotUtf8() throws Exception {
        Files.write(root.resolve("Cargo.toml"), "# gr\u00f6\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1));

        refused(this::read).hasMessageContaining("Cargo.toml is not UTF-8");
    }

    @Test
    void refuseAManifestWithoutPackageAndWorkspace() throws Exception {
        write("Cargo.toml", "[dependencies]\n");

        refused(this::read)
                .hasMessageContaining("Cargo.toml has neither [package] nor [workspace]")
                .hasMessageContaining("<cargoProject> (-Dtravis-compile.cargoProject)");
    }

    @Test
    void refuseAPackageWithoutAUsableName() throws Exception {
        write("Cargo.toml", "[package]\nversion = \"1.0.0\"\n");
        refused(this::read).hasMessageContaining("Cargo.toml has no 'package.name'");

        write("Cargo.toml", "[package]\nname = \"--config\"\n");
        refused(this::read).hasMessageContaining("'--config', which Cargo rejects");
    }

    @Test
    void nameTheKeyOfTheWrongType() throws Exception {
        write("Cargo.toml", "[package]\nname = \"typed\"\nedition = 2021\n");
        refused(this::read).hasMessageContaining("The key 'package.edition' in " + root.resolve("Cargo.toml"));

        write("Cargo.toml", PACKAGE.formatted("typed") + "[features]\none = \"two\"\n");
        refused(this::read).hasMessageContaining("'features.one'").hasMessageContaining("is not an array of strings");

        write("Cargo.toml", PACKAGE.formatted("typed") + "[[bin]]\nname = \"a\"\npath = \"a\\u0000b\"\n");
        refused(this::read).hasMessageContaining("'bin.path'").hasMessageContaining("is not a path on this machine");
    }

    @Test
    void suggestTheNearestPackage() throws Exception {
        workspace("alpha", "server", "serves");

        refused(() -> CargoProject.read(root).select(List.of("alpha", "Serve")))
                .hasMessageContaining("There is no package 'Serve' in the Cargo project " + root)
                .hasMessageContaining("Did you mean 'server'? Known are: alpha, server, serves.")
                .hasMessageContaining("<packages> (-Dtravis-compile.packages)");
    }

    @Test
    void askWhichPackagesAVirtualWorkspaceIsToDeliver() throws Exception {
        workspace("server", "client", "shared");
        write("server/src/main.rs", "fn main() {}\n");
        write("client/src/main.rs", "fn main() {}\n");

        refused(() -> CargoProject.read(root).select(List.of()))
                .hasMessageContaining(
                        "workspace " + root + " does not say which of its packages to deliver: client, server.")
                .hasMessageContaining("<packages> (-Dtravis-compile.packages)")
                .hasMessageContaining("'workspace.default-members'");
        assertThat(CargoProject.read(root.resolve("client")).select(List.of()))
                .extracting(CargoPackage::name)
                .containsExactly("client");

        Files.delete(root.resolve("client/src/main.rs"));
        assertThat(CargoProject.read(root).select(List.of()))
                .extracting(CargoPackage::name)
                .containsExactly("server");
    }

    @Test
    void refuseAMemberThatIsNotThere() throws Exception {
        write("Cargo.toml", "[workspace]\nmembers = [\"gone\"]\n");
        refused(this::read)
                .hasMessageContaining("There is no " + root.resolve("gone").resolve("Cargo.toml"))
                .hasMessageContaining("the workspace " + root.resolve("Cargo.toml"));

        write("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n");
        refused(this::read).hasMessageContaining("The pattern 'crates/*' of 'workspace.members'");

        Files.createDirectories(root.resolve("crates/empty"));
        refused(this::read).hasMessageContaining("There is no " + root.resolve("crates/empty/Cargo.toml"));

        write("Cargo.toml", "[workspace]\nmembers = [\"crates/[a\"]\n");
        refused(this::read).hasMessageContaining("'crates/[a'").hasMessageContaining("a '[' without its ']'");
    }

    @Test
    void refuseAKeyThatTheWorkspaceDoesNotHave() throws Exception {
        write("Cargo.toml", "[workspace]\nmembers = [\"one\"]\n[workspace.package]\nedition = \"2021\"\n");
        write("one/Cargo.toml", "[package]\nname = \"one\"\nversion.workspace = true\nedition.workspace = true\n");
        refused(this::read)
                .hasMessageContaining(root.resolve("one/Cargo.toml") + " inherits 'version'")
                .hasMessageContaining("[workspace.package] in " + root.resolve("Cargo.toml"));

        write("one/Cargo.toml", PACKAGE.formatted("one") + "[dependencies]\nlog.workspace = true\n");
        refused(this::read).hasMessageContaining("inherits 'log', but [workspace.dependencies]");

        write("Cargo.toml", "[package]\nname = \"alone\"\nversion.workspace = true\n");
        refused(this::read).hasMessageContaining("inherits 'version' from its workspace, but belongs to none");
    }

    @Test
    void refuseAPathDependencyThatIsNotThere() throws Exception {
        write("Cargo.toml", PACKAGE.formatted("app") + "[dependencies]\nlost = { path = \"../lost\" }\n");

        refused(this::read)
                .hasMessageContaining(
                        "There is no " + root.resolveSibling("lost").resolve("Cargo.toml"))
                .hasMessageContaining("the dependency 'lost' of " + root.resolve("Cargo.toml"));
    }

    @Test
    void refuseAWorkspaceWithinAWorkspace() throws Exception {
        workspace("one");
        write("one/Cargo.toml", PACKAGE.formatted("one") + "[workspace]\n");

        refused(this::read).hasMessageContaining("contains another workspace, " + root.resolve("one/Cargo.toml"));
    }

    @Test
    void refuseAWorkspaceWithoutMembers() throws Exception {
        write("Cargo.toml", "[workspace]\n");

        refused(this::read)
                .hasMessageContaining("The workspace " + root.resolve("Cargo.toml") + " has no members")
                .hasMessageContaining("'workspace.members'");
    }

    @Test
    void refuseTwoPackagesOfOneName() throws Exception {
        workspace("one", "two");
        write("two/Cargo.toml", PACKAGE.formatted("one"));

        refused(this::read)
                .hasMessageContaining("Two packages of the workspace")
                .hasMessageContaining("called 'one'");
    }

    @Test
    void refuseAPackageThatIsNotAMemberOfItsWorkspace() throws Exception {
        workspace("one");
        write("two/Cargo.toml", PACKAGE.formatted("two"));

        refused(() -> CargoProject.read(root.resolve("two")))
                .hasMessageContaining("but is not a member of it")
                .hasMessageContaining("'workspace.members'");
    }

    @Test
    void refuseAMemberOfAnotherWorkspace() throws Exception {
        write("here/Cargo.toml", "[workspace]\nmembers = [\"../beside\"]\n");
        write("beside/Cargo.toml", PACKAGE.formatted("beside"));

        refused(() -> CargoProject.read(root.resolve("here"))).hasMessageContaining("belongs to another or none");
    }

    @Test
    void refuseARootWithoutAWorkspace() throws Exception {
        write("Cargo.toml", PACKAGE.formatted("no-root"));
        write("one/Cargo.toml", PACKAGE.formatted("one") + "workspace = \"..\"\n");

        refused(() -> CargoProject.read(root.resolve("one"))).hasMessageContaining("which has no [workspace]");
    }

    @Test
    void refuseADefaultMemberThatIsNoMember() throws Exception {
        workspace("one");
        write("Cargo.toml", "[workspace]\nmembers = [\"one\"]\ndefault-members = [\"two\"]\n");

        refused(this::read).hasMessageContaining("names " + root.resolve("two") + ", which is not a member");
    }

    @Test
    void refuseBinariesThatCannotBeToldApart() throws Exception {
        write("Cargo.toml", PACKAGE.formatted("bins") + "[[bin]]\npath = \"a.rs\"\n");
        refused(this::read).hasMessageContaining("[[bin]] without 'name'");

        write("Cargo.toml", PACKAGE.formatted("bins") + "[[bin]]\nname = \"a\"\n[[bin]]\nname = \"a\"\n");
        refused(this::read).hasMessageContaining("declares the binary 'a' twice");
    }

    @Test
    void refuseAFileNameThatLeavesItsDirectory() throws Exception {
        write("Cargo.toml", PACKAGE.formatted("bins") + "[[bin]]\nname = \"../a\"\n");

        refused(() -> outputs("bins")).hasMessageContaining("The target '../a' of the package 'bins' in " + root);
    }

    @Test
    void sayThatThereIsNothingToDeliver() throws Exception {
        write("Cargo.toml", PACKAGE.formatted("rust-only") + "[lib]\npath = \"lib.rs\"\n");
        refused(() -> outputs("rust-only"))
                .hasMessageContaining("There is nothing to deliver of rust-only in " + root)
                .hasMessageContaining("Set 'crate-type' in [lib]")
                .hasMessageContaining("<packages> (-Dtravis-compile.packages)");

        write(
                "Cargo.toml",
                PACKAGE.formatted("off")
                        + "[features]\ncli = []\n[[bin]]\nname = \"off\"\nrequired-features = [\"cli\"]\n");
        refused(() -> outputs("off")).hasMessageContaining("<features> (-Dtravis-compile.features)");
    }

    @Test
    void suggestTheNearestFeature() throws Exception {
        write("Cargo.toml", PACKAGE.formatted("app") + "[features]\nnetwork = []\nvoice = []\n");

        refused(() -> outputs("app", "netwrok"))
                .hasMessageContaining("There is no feature 'netwrok'")
                .hasMessageContaining("Did you mean 'network'? Known are: network, voice.")
                .hasMessageContaining("<features> (-Dtravis-compile.features)");
        refused(() -> outputs("app", "app/netwrok")).hasMessageContaining("There is no feature 'app/netwrok'");
    }

    @Test
    void suggestTheNearestProfile() throws Exception {
        write("Cargo.toml", PACKAGE.formatted("app") + "[profile.distribution]\ninherits = \"release\"\n");

        refused(() -> CargoProject.read(root).requireProfile("relaese"))
                .hasMessageContaining("There is no profile 'relaese'")
                .hasMessageContaining("Did you mean 'release'? Known are: bench, dev, distribution, release, test.")
                .hasMessageContaining("<profile> (-Dtravis-compile.profile)");
    }

    @Test
    void refuseTwoPackagesThatMakeTheSameFile() throws Exception {
        workspace("one", "two");
        String bin = "[[bin]]\nname = \"tool\"\npath = \"tool.rs\"\n";
        write("one/Cargo.toml", PACKAGE.formatted("one") + bin);
        write("two/Cargo.toml", PACKAGE.formatted("two") + bin);

        CargoBuild both = new CargoBuild(List.of("one", "two"), List.of(), false, "release", true);
        refused(() -> CargoProject.read(root).outputs(both, FileNaming.WINDOWS_MSVC))
                .hasMessageContaining("'one' and 'two' both make the file tool.exe");
    }

    private void outputs(String name, String... features) throws Exception {
        CargoBuild build = new CargoBuild(List.of(name), List.of(features), false, "release", true);
        CargoProject.read(root).outputs(build, FileNaming.ELF);
    }

    private void read() throws Exception {
        CargoProject.read(root);
    }

    private void workspace(String... members) throws IOException {
        write("Cargo.toml", "[workspace]\nmembers = [\"" + String.join("\", \"", members) + "\"]\n");
        for (String member : members) {
            write(member + "/Cargo.toml", PACKAGE.formatted(member));
        }
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable reading) {
        return assertThatThrownBy(reading)
                .isInstanceOf(ActionNeededException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).endsWith("."));
    }
}
