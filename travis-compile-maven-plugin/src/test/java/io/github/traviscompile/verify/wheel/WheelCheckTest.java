package io.github.traviscompile.verify.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.binary.Judge;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wheels with modules of a C compiler: correct ones and every kind of wrong one. */
class WheelCheckTest {

    private static final String NAME = "counted-1.2.0-cp37-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl";

    private static final String MODULE = "counted/_counted.abi3.so";

    /** A module that needs only names of the stable ABI and nothing of glibc after 2.2.5. */
    private static final String SOURCE = """
        void *PyModule_Create2(void *, int);
        void *PyInit__counted(void) { return PyModule_Create2(0, 3); }
        """;

    @TempDir
    Path temp;

    private byte[] module;

    @BeforeEach
    void compile() throws Exception {
        module = compiled("gcc", "gcc", SOURCE);
    }

    @Test
    void aConsistentWheelPasses() throws Exception {
        Path wheel = sample().write(temp);
        WheelVerdict verdict = check(wheel);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.wheel().orElseThrow().publishedName().orElseThrow()).hasToString(NAME);
        assertThat(verdict.facts()).extracting("value").contains("counted 1.2.0", MODULE, "x86_64");
        assertThat(new WheelCheck(Optional.of(Platform.LINUX_X86_64), project("Counted", "1.2"), List.of(), false)
                        .check(wheel)
                        .findings())
                .isEmpty();
    }

    /** All errors of one wheel are reported together. */
    @Test
    void allErrorsAreReportedTogether() throws Exception {
        Path wheel = sample().replace("METADATA", "Version: 1.2.0", "Version: 1.3.0")
                .with("counted/extra.py", "x = 1\n".getBytes(UTF_8))
                .record("counted/extra.py,sha256=" + SampleWheel.digest(new byte[0]) + ",6")
                .write(temp);
        WheelCheck check =
                new WheelCheck(Optional.of(Platform.OSX_AARCH_64), project("other", "1.2"), List.of(), false);
        assertThat(check.check(wheel).errors())
                .hasSize(6)
                .allMatch(sentence -> sentence.startsWith("The wheel '" + NAME + "' ") && sentence.endsWith("."))
                .anyMatch(sentence -> sentence.contains("but METADATA says '1.3.0'"))
                .anyMatch(sentence -> sentence.contains("but 'other' was built"))
                .anyMatch(sentence -> sentence.contains("has the version '1.3.0', but the project has '1.2'"))
                .anyMatch(
                        sentence -> sentence.contains("holds 'counted/extra.py' with other content than RECORD lists"))
                .anyMatch(sentence -> sentence.contains("manylinux_2_17_x86_64, but was built for osx-aarch_64"));
    }

    @Test
    void contentThatDiffersFromRecordIsFound() throws Exception {
        assertThat(errors(sample().with("counted/x.py", "1".getBytes(UTF_8))
                        .record("counted/x.py,sha256=" + SampleWheel.digest("2".getBytes(UTF_8)) + ",1")))
                .singleElement()
                .asString()
                .contains("holds 'counted/x.py' with other content than RECORD lists: its sha256 is");
        assertThat(errors(sample().with("counted/x.py", "1".getBytes(UTF_8))
                        .record("counted/x.py,sha256=" + SampleWheel.digest("1".getBytes(UTF_8)) + ",2")))
                .singleElement()
                .asString()
                .contains("it has 1 bytes, not 2");
        assertThat(errors(sample().with("counted/x.py", "1".getBytes(UTF_8)).record("counted/x.py,md5=abc,1")))
                .singleElement()
                .asString()
                .contains("has no digest of 'counted/x.py' in RECORD, or one that is too weak: 'md5=abc'");
        assertThat(errors(sample().record("counted/absent.py,sha256=" + SampleWheel.digest(new byte[0]) + ",0")))
                .singleElement()
                .asString()
                .contains("lacks 'counted/absent.py', which RECORD lists");
        assertThat(errors(sample().record("../outside.py,,")))
                .singleElement()
                .asString()
                .contains("lists '../outside.py' in RECORD, which is outside the wheel");
        Path whole = sample().write(temp);
        Path appended = temp.resolve("appended").resolve(NAME);
        Files.createDirectories(appended.getParent());
        Files.copy(whole, appended);
        Judge.of("python3", "python3")
                .run(
                        "-c",
                        "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'a')"
                                + ".writestr('sneaked.pth', 'import os')",
                        appended);
        assertThat(check(appended).errors())
                .singleElement()
                .asString()
                .contains("holds 'sneaked.pth', which RECORD does not list");
    }

    @ParameterizedTest
    @CsvSource({
        "../evil.py, leads out of its folder",
        "/etc/evil.py, leads out of its folder",
        "counted/../../evil.py, leads out of its folder",
        "C:/evil.py, leads out of its folder",
        "AGAIN:counted/_counted.abi3.so, twice",
        "counted/_COUNTED.abi3.so, differs in upper and lower case"
    })
    void namesOutsideTheFolderAreRefused(String path, String words) throws Exception {
        assertThat(errors(sample().with(path, module)))
                .singleElement()
                .asString()
                .contains(words);
    }

    @Test
    void namesThatArePathsOnOneSystemAreRefused() throws Exception {
        byte[] bytes =
                Files.readAllBytes(sample().with("counted/evil.py", module).write(temp));
        for (int i = 0; i < 2; i++) {
            bytes[indexOf(bytes, "counted/evil.py".getBytes(UTF_8), 0) + "counted".length()] = '\\';
        }
        assertThat(errors(bytes)).singleElement().asString().contains("holds 'counted\\evil.py', which leads out of");
    }

    @Test
    void linksAreRefused() throws Exception {
        assertThat(errors(sample().with("counted/link", "/etc/passwd".getBytes(UTF_8))
                        .mode("counted/link", 0120777)))
                .singleElement()
                .asString()
                .contains("holds 'counted/link', which is neither a file nor a folder");
    }

    @Test
    void bombsAreRefusedBeforeTheyAreUnpacked() throws Exception {
        assertThat(errors(sample().with("counted/zeros.bin", new byte[64 << 20])))
                .singleElement()
                .asString()
                .contains("is a zip bomb: ");
        ZipBounds narrow = new ZipBounds(3, 1 << 20, 100);
        Path many = sample().write(temp);
        assertThat(zipError(many, narrow)).contains("has 5 files, more than the 3 that are read");
        assertThat(zipError(many, new ZipBounds(5, 1000, 100))).contains("far too large");
    }

    private static String zipError(Path wheel, ZipBounds bounds) throws Exception {
        try (WheelZip zip = WheelZip.open(wheel, bounds)) {
            return "read " + zip.members().size();
        } catch (InvalidWheelException e) {
            return e.getMessage();
        }
    }

    /** Installers could read the directory or the headers. */
    @Test
    void aZipWithTwoMeaningsIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(sample().write(temp));
        int inHeader = indexOf(whole, MODULE.getBytes(UTF_8), 0);
        byte[] other = whole.clone();
        other[inHeader] = 'x';
        assertThat(errors(other))
                .singleElement()
                .asString()
                .contains("differs from what the directory says of '" + MODULE);

        assertThat(errors(concat(whole, new byte[] {0})))
                .singleElement()
                .asString()
                .contains("does not end with its directory");
        assertThat(errors(concat(new byte[] {0}, whole)))
                .singleElement()
                .asString()
                .contains("not a valid zip file");
        assertThat(errors(Arrays.copyOf(whole, whole.length / 2)))
                .singleElement()
                .asString()
                .contains("not a valid zip file");

        byte[] damaged = whole.clone();
        damaged[inHeader + MODULE.length() + 40] ^= 0x55;
        assertThat(errors(damaged)).singleElement().asString().contains("in '" + MODULE + "', ");

        byte[] streamed = whole.clone();
        int central = indexOf(whole, new byte[] {'P', 'K', 1, 2}, 0);
        streamed[central + 8] |= 8;
        assertThat(errors(streamed)).singleElement().asString().contains("a data descriptor");
        byte[] encrypted = whole.clone();
        encrypted[central + 8] |= 1;
        assertThat(errors(encrypted)).singleElement().asString().contains("is encrypted");
    }

    @Test
    void anyDamageCausesAMessage() throws Exception {
        byte[] whole = Files.readAllBytes(sample().write(temp));
        long seed = Long.getLong("seed", 4);
        Random random = new Random(seed);
        for (int i = 0; i < Integer.getInteger("wheel.mutations", 300); i++) {
            byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int n = random.nextInt(4); n >= 0 && bytes.length > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (!Arrays.equals(bytes, whole)) {
                // Some fields, such as a file's time, may change.
                assertThat(check(written(bytes)).findings())
                        .as("seed %s, file %s", seed, i)
                        .allMatch(finding -> finding.sentence().endsWith("."));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "counted-1.2.0-cp37-abi3-linux_x86_64.whl, has the platform tag linux_x86_64\\, which PyPI refuses",
        "counted-1.2.0-cp37-abi3-win_amd64.whl, has the platform tag win_amd64\\, which stands for PE code for x86_64",
        "counted-1.2.0-cp37-abi3-manylinux_2_17_aarch64.whl, which stands for ELF code for aarch_64",
        "counted-1.2.0-cp37-abi3-macosx_11_0_universal2.whl, which stands for Mach-O code for x86_64 and aarch_64",
        "counted-1.2.0-cp37-abi3-any.whl, has the platform tag any\\, but holds machine code",
        "counted-1.2.0-cp37-abi3-solaris_x86_64.whl, which neither pip nor PyPI knows"
    })
    void aTagThatContradictsTheContentIsFound(String name, String words) throws Exception {
        // CSV has no comma within a value without quotes.
        assertThat(errors(sample(name))).isNotEmpty().anyMatch(sentence -> sentence.contains(words.replace("\\", "")));
    }

    @Test
    void anotherCLibraryThanThatOfTheTagIsFound() throws Exception {
        byte[] glibc = compiled("gcc", "gcc", "int rand(void);\nint PyInit__counted(void) { return rand(); }\n");
        assertThat(errors(SampleWheel.called("counted-1.2.0-cp37-abi3-musllinux_1_2_x86_64.whl")
                        .with(MODULE, glibc)))
                .anyMatch(sentence -> sentence.contains(
                        "needs 'libc.so.6' for '" + MODULE + "', which musllinux does not guarantee (PEP 656)"))
                .anyMatch(sentence -> sentence.contains("has the platform tag musllinux_1_2_x86_64, but '" + MODULE
                        + "' is for glibc (it needs GLIBC_2.2.5 of libc.so.6)"));
    }

    @Test
    void aWheelThatWasOnlyRenamedIsFound() throws Exception {
        assertThat(errors(sample().renamed("counted-1.2.0-cp37-abi3-manylinux_2_5_x86_64.whl")))
                .singleElement()
                .asString()
                .contains("has the tags cp37-abi3-manylinux_2_5_x86_64 by its name, but WHEEL lists");
        assertThat(errors(sample().renamed("counted-1.3.0-cp37-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl")))
                .anyMatch(sentence ->
                        sentence.contains("is of the version '1.3.0' by its name, but METADATA says '1.2.0'"))
                .anyMatch(sentence -> sentence.contains("keeps its metadata in 'counted-1.2.0.dist-info'"));
        assertThat(errors(sample().renamed("counted_1.2.0.whl")))
                .singleElement()
                .asString()
                .contains("does not have a wheel's name: NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl (PEP 427)");
    }

    @Test
    void aGlibcThatIsNewerThanTheTagIsFoundAndMeasured() throws Exception {
        byte[] young =
                compiled("gcc", "gcc", "int arc4random(void);\nint PyInit__counted(void) { return arc4random(); }\n");
        assertThat(errors(SampleWheel.called(NAME).with(MODULE, young)))
                .hasSize(2)
                .anyMatch(sentence -> sentence.contains("has the platform tag manylinux2014_x86_64, but '" + MODULE
                        + "' needs GLIBC_2.36 of libc.so.6, which came later, with manylinux_2_36."));
        assertThat(published(SampleWheel.called("counted-1.2.0-cp37-abi3-linux_x86_64.whl")
                        .with(MODULE, young)))
                .isEqualTo("counted-1.2.0-cp37-abi3-manylinux_2_36_x86_64.whl");
        assertThat(published(sample("counted-1.2.0-cp37-abi3-linux_x86_64.whl")))
                .isEqualTo("counted-1.2.0-cp37-abi3-manylinux_2_5_x86_64.manylinux1_x86_64.whl");
    }

    @Test
    void librariesThatNotEveryLinuxHasAreRefusedUnlessTheyAreInsideOrAllowed() throws Exception {
        Path other = temp.resolve("libother.so.3");
        Judge.of("gcc", "gcc")
                .run("-shared", "-fPIC", "-Wl,-soname,libother.so.3", "-o", other, source("int other;\n"));
        byte[] needing = compiled("gcc", "gcc", SOURCE, "-Wl,--no-as-needed", other.toString());
        assertThat(errors(SampleWheel.called(NAME).with(MODULE, needing)))
                .singleElement()
                .asString()
                .contains("needs 'libother.so.3' for '" + MODULE + "', which manylinux does not guarantee (PEP 600)");
        assertThat(errors(SampleWheel.called(NAME)
                        .with(MODULE, needing)
                        .with("counted.libs/libother.so.3", Files.readAllBytes(other))))
                .isEmpty();
        Path wheel = SampleWheel.called(NAME).with(MODULE, needing).write(temp);
        assertThat(new WheelCheck(Optional.empty(), Optional.empty(), List.of("libother.*"), false)
                        .check(wheel)
                        .findings())
                .isEmpty();
    }

    @Test
    void aModuleThatPythonCannotLoadIsFound() throws Exception {
        byte[] nameless = compiled("gcc", "gcc", "int PyInit_counted(void) { return 0; }\n");
        assertThat(errors(SampleWheel.called(NAME).with(MODULE, nameless)))
                .singleElement()
                .asString()
                .contains("holds the module '" + MODULE + "', which does not export 'PyInit__counted'");
        assertThat(errors(SampleWheel.called(NAME).with("counted/libcounted.so", nameless)))
                .singleElement()
                .asString()
                .contains("has the ABI tag abi3, but holds no extension module");
        assertThat(errors(SampleWheel.called("counted-1.2.0-cp312-cp312-manylinux_2_17_x86_64.whl")
                        .with("counted/_counted.cpython-311-x86_64-linux-gnu.so", module)))
                .singleElement()
                .asString()
                .contains("but 'counted/_counted.cpython-311-x86_64-linux-gnu.so' is named for cp311");
        byte[] foreign = compiled("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross", SOURCE);
        assertThat(errors(SampleWheel.called("counted-1.2.0-cp311-cp311-manylinux_2_17_aarch64.whl")
                        .with("counted/_counted.cpython-311-x86_64-linux-gnu.so", foreign)))
                .singleElement()
                .asString()
                .contains("named for x86_64-linux-gnu though it is for aarch_64, so that no Python finds it");
    }

    @Test
    void aFalseStableAbiTagIsFound() throws Exception {
        byte[] unstable = compiled(
                "gcc",
                "gcc",
                "void *PyUnicode_AsUTF8(void *);\nvoid *PyInit__counted(void) { return PyUnicode_AsUTF8(0); }\n");
        assertThat(errors(SampleWheel.called(NAME).with(MODULE, unstable)))
                .singleElement()
                .asString()
                .contains("has the ABI tag abi3, but '" + MODULE
                        + "' uses 'PyUnicode_AsUTF8', which the stable ABI does not have");
        byte[] young = compiled(
                "gcc",
                "gcc",
                "void *PyObject_CallNoArgs(void *);\nvoid *PyInit__counted(void) { return PyObject_CallNoArgs(0); }\n");
        assertThat(errors(SampleWheel.called(NAME).with(MODULE, young)))
                .singleElement()
                .asString()
                .contains("is for Python 3.7 and later by its tag, but '" + MODULE
                        + "' uses 'PyObject_CallNoArgs', which came with Python 3.10");
        assertThat(errors(SampleWheel.called(NAME.replace("cp37", "cp310")).with(MODULE, young)))
                .isEmpty();
        byte[] linked =
                compiled("gcc", "gcc", SOURCE, "-Wl,--no-as-needed", libpython().toString());
        assertThat(errors(SampleWheel.called(NAME).with(MODULE, linked)))
                .singleElement()
                .asString()
                .contains("needs 'libpython3.11.so.1.0' for");
    }

    private Path libpython() throws Exception {
        Path library = temp.resolve("libpython3.11.so.1.0");
        Judge.of("gcc", "gcc")
                .run("-shared", "-fPIC", "-Wl,-soname,libpython3.11.so.1.0", "-o", library, source("int x;\n"));
        return library;
    }

    @Test
    void metadataThatInstallersCannotReadIsRefused() throws Exception {
        assertThat(errors(sample().replace("METADATA", "Name: counted\n", "")))
                .singleElement()
                .asString()
                .contains("has no field Name in METADATA");
        assertThat(errors(sample().replace("METADATA", "Name: counted", "Name: counted\nName: counted")))
                .singleElement()
                .asString()
                .contains("has 2 fields Name in METADATA");
        assertThat(errors(sample().replace("METADATA", "Metadata-Version: 2.1", "Metadata-Version: 3.0")))
                .singleElement()
                .asString()
                .contains("has metadata of the version '3.0'");
        assertThat(errors(sample().replace("METADATA", "Version: 1.2.0", "Version: first")))
                .anyMatch(sentence -> sentence.contains(
                        "has the version 'first' in METADATA, which is not a Python version (PEP 440)"));
        assertThat(errors(sample().replace("WHEEL", "Wheel-Version: 1.0", "Wheel-Version: 2.0")))
                .singleElement()
                .asString()
                .contains("is of the version '2.0' of wheels");
        assertThat(errors(sample().replace("WHEEL", "Purelib: false", "Purelib: true")))
                .singleElement()
                .asString()
                .contains("holds machine code, but says Root-Is-Purelib: true");
        assertThat(errors(sample().without("counted-1.2.0.dist-info/WHEEL")))
                .singleElement()
                .asString()
                .contains("has no file WHEEL in");
        assertThat(errors(sample().with("other-1.dist-info/METADATA", new byte[0])))
                .singleElement()
                .asString()
                .contains("has the folders 'counted-1.2.0.dist-info' and 'other-1.dist-info' of metadata");
        assertThat(errors(sample().put("METADATA", "no field here")))
                .singleElement()
                .asString()
                .contains("is no wheel: its 'METADATA' has a line without a field's name");
        assertThat(errors(sample().with("counted/broken.so", "text".getBytes(UTF_8))))
                .singleElement()
                .asString()
                .contains("holds 'counted/broken.so', which is not a valid binary");
    }

    /** Returns a wheel with the module under a name for another platform. */
    private SampleWheel sample(String name) {
        return SampleWheel.called(name)
                .with("counted/__init__.py", "from ._counted import *\n".getBytes(UTF_8))
                .with(MODULE, module);
    }

    private SampleWheel sample() {
        return sample(NAME);
    }

    private static Optional<WheelProject> project(String name, String version) {
        return Optional.of(new WheelProject(new ProjectName(name), ProjectVersion.parse(version)));
    }

    private List<String> errors(SampleWheel wheel) throws Exception {
        return check(wheel.write(temp)).errors();
    }

    private List<String> errors(byte[] zip) throws Exception {
        return check(written(zip)).errors();
    }

    private Path written(byte[] zip) throws Exception {
        return Files.write(temp.resolve(NAME), zip);
    }

    private static WheelVerdict check(Path wheel) throws Exception {
        return WheelCheck.ANY.check(wheel);
    }

    private String published(SampleWheel wheel) throws Exception {
        WheelVerdict verdict =
                new WheelCheck(Optional.empty(), Optional.empty(), List.of(), true).check(wheel.write(temp));
        assertThat(verdict.findings()).isEmpty();
        return verdict.wheel().orElseThrow().publishedName().orElseThrow().toString();
    }

    private byte[] compiled(String compiler, String debianPackage, String source, String... more) throws Exception {
        Path library = temp.resolve("module.so");
        List<Object> arguments = new ArrayList<>(List.of("-shared", "-fPIC", "-s", "-o", library, source(source)));
        arguments.addAll(List.of(more));
        Judge.of(compiler, debianPackage).run(arguments.toArray());
        return Files.readAllBytes(library);
    }

    private Path source(String text) throws Exception {
        return Files.writeString(temp.resolve("module.c"), text);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(first)
                .put(second)
                .array();
    }

    private static int indexOf(byte[] bytes, byte[] part, int from) {
        int at = from;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }
}
