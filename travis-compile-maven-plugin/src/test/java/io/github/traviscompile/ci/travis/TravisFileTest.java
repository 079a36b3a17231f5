package io.github.traviscompile.ci.travis;

import static io.github.traviscompile.ci.CommittedFile.reviewed;
import static io.github.traviscompile.ci.CommittedFile.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.CommittedFile;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file in the commit: as it was read by a person once, and as the parsers of others read it. */
class TravisFileTest {

    private static final List<String> SECURE = List.of("a2V5IG9mIHRoZSBsZWc=", "dXJs");

    /** Words that YAML 1.1 takes for something else than a string where nobody quotes them. */
    private static final List<String> TRICKY = List.of(
            "yes",
            "no",
            "on",
            "off",
            "null",
            "true",
            "n",
            "y",
            "1.10",
            "010",
            "0x1F",
            "1e3",
            "1_000",
            "2020-01-01",
            "0b1",
            "1.41.1",
            "0o7",
            "12",
            ".inf",
            "stable",
            "nightly-2026-01-01");

    @TempDir
    Path directory;

    @Test
    void isTheReviewedFileForAllPlatforms() throws IOException {
        assertThat(text(new TravisTrigger(TravisEvent.PULL_REQUEST, Legs.BRANCH), all()))
                .isEqualTo(reviewed(TravisFileTest.class, "all-platforms.yml"));
    }

    @Test
    void isTheReviewedFileForAPushOfNamedToolchains() throws IOException {
        List<TravisLeg> legs = List.of(
                new TravisLeg(Legs.TRAVIS.leg(Platform.LINUX_X86_64, "1.85"), SECURE),
                new TravisLeg(Legs.TRAVIS.leg(Platform.WINDOWS_X86_64, "1.85.0"), SECURE),
                new TravisLeg(Legs.TRAVIS.leg(Platform.WINDOWS_X86_32, "stable-i686-pc-windows-msvc"), SECURE));
        assertThat(text(new TravisTrigger(TravisEvent.PUSH, Legs.BRANCH), legs))
                .isEqualTo(reviewed(TravisFileTest.class, "push.yml"));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"WINDOWS_AARCH_64", "WINDOWS_.*_GNU", ".*UNIVERSAL2"},
            mode = EnumSource.Mode.MATCH_NONE)
    void knowsAMachineForMacsToo(Platform platform) {
        assertThat(TravisMachine.of(platform)).isPresent();
    }

    /** Travis CI adds no job of its own to those included where no key that multiplies jobs has two values. */
    @Test
    void leavesNothingAtTheRootThatMultipliesJobs() {
        Map<?, ?> root = tree(text(new TravisTrigger(TravisEvent.PULL_REQUEST, Legs.BRANCH), all()));
        assertThat(root.keySet().stream().map(Object::toString))
                .doesNotContain("os", "arch", "rust", "env", "compiler", "osx_image", "script", "stages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdef0123456789abcdef",
                "a\" OR type = push",
                "a b",
                "-x",
                "a\nb",
                "$x",
                "a\\b",
                "é"
            })
    void refusesBranchesThatAreNotOurs(String branch) {
        assertThatThrownBy(() -> new TravisTrigger(TravisEvent.PUSH, branch))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesSecureValuesThatAreNotBase64() {
        assertThatThrownBy(() -> new TravisLeg(Legs.TRAVIS.leg(Platform.LINUX_X86_64), List.of("a\n  - b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever a user can write into what reaches the file is refused, or is the same string to every reader. */
    @Test
    void hostileNamesAreRefusedOrStayStrings() throws Exception {
        int count = Integer.getInteger("travis-compile.test.injections", 2_000);
        Random random = new Random(18);
        List<String> files = new ArrayList<>();
        List<Map<String, Object>> trees = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < count; i++) {
            String toolchain = i < TRICKY.size() ? TRICKY.get(i) : hostile(random);
            String branch = i % 2 == 0 ? Legs.BRANCH : hostile(random);
            String secure = i % 3 == 0 ? "YWJj" : hostile(random);
            try {
                Leg leg = Legs.TRAVIS.leg(Platform.LINUX_X86_64, toolchain);
                files.add(text(
                        new TravisTrigger(TravisEvent.PULL_REQUEST, branch),
                        List.of(new TravisLeg(leg, List.of(secure)))));
                trees.add(intended(branch, toolchain, secure));
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).as("most are hostile").isGreaterThan(count / 2);
        assertThat(files).hasSizeGreaterThan(TRICKY.size() / 2);
        assertThat(files.stream().map(file -> tree(file).toString()))
                .containsExactlyElementsOf(trees.stream().map(Map::toString).toList());
        CommittedFile.assertOthersRead(directory, files, trees);
    }

    /** A few characters of a kind that has broken out of YAML, conditions or shells before. */
    private static String hostile(Random random) {
        String alphabet = "ab1.-_ \"'\\\n\r\t:#{}[]&*!|>%@`$();,?~/=<\u0000\u0085\u2028é";
        int limit = random.nextInt(3) == 0 ? 6 : alphabet.length();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(limit)));
        }
        return text.toString();
    }

    private static Map<String, Object> intended(String branch, String toolchain, String secure) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("name", "linux-x86_64");
        job.put("arch", "amd64");
        job.put("dist", "focal");
        job.put("os", "linux");
        job.put("rust", toolchain);
        job.put("env", List.of(Map.of("secure", secure)));
        job.put("script", "bash .travis-compile/leg.sh linux-x86_64");
        Map<String, Object> git = new LinkedHashMap<>();
        git.put("depth", 1);
        git.put("submodules", false);
        git.put("lfs_skip_smudge", true);
        git.put("autocrlf", "input");
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", "~> 1.0");
        root.put("if", "type = pull_request AND head_branch = \"" + branch + "\"");
        root.put("language", "rust");
        root.put("git", git);
        root.put("keep_netrc", false);
        root.put("cache", false);
        root.put("notifications", Map.of("email", false));
        root.put("install", "skip");
        root.put("jobs", Map.of("include", List.of(job)));
        return root;
    }

    private static List<TravisLeg> all() {
        return Legs.TRAVIS.all().stream()
                .map(leg -> leg.platform() == Platform.OSX_X86_32
                        ? LegSample.of(leg).by(LegacyMac.TOOLCHAIN).leg()
                        : leg)
                .map(leg -> new TravisLeg(leg, SECURE))
                .toList();
    }

    private static String text(TravisTrigger trigger, List<TravisLeg> legs) {
        return new String(TravisFile.of(trigger, legs), StandardCharsets.UTF_8);
    }
}
