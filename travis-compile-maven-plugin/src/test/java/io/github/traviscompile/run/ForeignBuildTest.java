package io.github.traviscompile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.PlatformOverride;
import io.github.traviscompile.standin.ForeignMachines;
import io.github.traviscompile.verify.binary.Judge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a compiler has made of a crate for macOS and Windows goes the whole way; LLVM and binutils look at the end. */
@ExtendWith(HostedSceneExtension.class)
@Tag("slow")
class ForeignBuildTest {

    private HostedScene scene;

    @BeforeEach
    void start(HostedScene made) throws Exception {
        assumeTrue(
                ForeignMachines.areReal(),
                "the environment variable FOREIGN_RUST leads to no compiler for macOS and Windows");
        scene = made;
        scene.write("src/lib.rs", """
                #[no_mangle]
                pub extern "C" fn greeting() -> usize {
                    std::thread::spawn(|| std::env::args().count()).join().unwrap()
                }
                """);
        scene.write("Cargo.toml", """
                [package]
                name = "greet"
                version = "0.1.0"
                edition = "2018"

                [lib]
                name = "greeter"
                crate-type = ["cdylib", "staticlib"]
                """);
    }

    @Test
    void filesForMacs() throws Exception {
        scene.run.platforms = List.of("osx-universal2", "osx-x86_64", "osx-aarch_64");
        List<DeliveredPlatform> delivered = scene.run();
        assertThat(delivered)
                .extracting(platform ->
                        platform.inspection().oldestSystem().orElseThrow().toString())
                .containsExactly("macOS 11.0", "macOS 10.12", "macOS 11.0");
        Path fat = unpack(delivered.get(0));
        for (String file : List.of("greet", "libgreeter.dylib")) {
            assertThat(Judge.of("llvm-lipo", "llvm")
                            .run("-archs", fat.resolve(file))
                            .split("\\s+"))
                    .containsExactlyInAnyOrder("x86_64", "arm64");
            Path arm = unpack(delivered.get(2)).resolve(file);
            assertThat(Judge.of("llvm-otool", "llvm").run("-l", arm)).contains("LC_CODE_SIGNATURE", "minos 11.0");
            Judge.of("llvm-lipo", "llvm")
                    .run(
                            fat.resolve(file),
                            "-thin",
                            "arm64",
                            "-output",
                            scene.directory().resolve("thin"));
            assertThat(scene.directory().resolve("thin")).hasSameBinaryContentAs(arm);
        }
        assertThat(Judge.of("llvm-nm", "llvm").run("--defined-only", "--extern-only", fat.resolve("libgreeter.dylib")))
                .contains("_greeting");
    }

    @Test
    void filesForWindows() throws Exception {
        scene.run.platforms = List.of("windows-x86_64", "windows-x86_32", "windows-x86_64-gnu");
        scene.run.accounts = Set.of(TravisProvider.SERVICE, AppVeyorProvider.SERVICE);
        scene.run.own = Map.of("windows-x86_64-gnu", PlatformOverride.NOTHING.withCi("appveyor"));
        // Microsoft's linker never makes what asks for this library: MinGW's does, which compiles in its place here.
        scene.assertRefused(
                ActionNeededException.class,
                "The file 'greet.exe' for windows-x86_64 imports 'msvcrt.dll', which is not the C run time of",
                "The file 'greeter.dll' for windows-x86_32 imports 'msvcrt.dll'");
        scene.run.allowedLibraries = List.of("msvcrt.dll");
        List<DeliveredPlatform> delivered = scene.run();
        assertThat(delivered)
                .allMatch(DeliveredPlatform::reused)
                .extracting(DeliveredPlatform::platform)
                .containsExactly(Platform.WINDOWS_X86_64, Platform.WINDOWS_X86_32, Platform.WINDOWS_X86_64_GNU);
        List<String> formats = List.of("pei-x86-64", "pei-i386", "pei-x86-64");
        for (int i = 0; i < formats.size(); i++) {
            Path folder = unpack(delivered.get(i));
            assertThat(folder.toFile().list())
                    .containsExactlyInAnyOrder("greet.exe", "greeter.dll", i < 2 ? "greeter.lib" : "libgreeter.a");
            for (String file : List.of("greet.exe", "greeter.dll")) {
                assertThat(Judge.of("objdump", "binutils").run("-p", folder.resolve(file)))
                        .contains("file format " + formats.get(i), "DLL Name: KERNEL32.dll")
                        .doesNotContain("DLL Name: libgcc", "DLL Name: VCRUNTIME");
            }
            assertThat(Judge.of("objdump", "binutils").run("-p", folder.resolve("greeter.dll")))
                    .containsPattern("\\bgreeting\\b");
        }
    }

    private Path unpack(DeliveredPlatform platform) throws Exception {
        Path folder = Files.createDirectories(scene.directory()
                .resolve("unpacked")
                .resolve(platform.platform().id()));
        Judge.of("tar", "tar").run("-xzf", platform.files().get(0).path(), "-C", folder);
        return folder;
    }
}
