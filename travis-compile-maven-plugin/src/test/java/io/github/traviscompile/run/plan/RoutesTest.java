package io.github.traviscompile.run.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.CrossCompileRequestBuilder;
import io.github.traviscompile.run.api.HostingBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares who compiles each platform, and why, with {@code routes.txt}, for every set of accounts. */
class RoutesTest {

    private static final Path EXPECTED = Path.of("src/test/resources/io/github/traviscompile/run/plan/routes.txt");
    private static final String OWN_TRAVIS = "https://travis.example.org/api";
    private static final String HOSTED_TRAVIS = "https://api.travis-ci.com";
    private static final List<Service> HOSTED =
            List.of(TravisProvider.SERVICE, ActionsProvider.SERVICE, AppVeyorProvider.SERVICE);

    /** {@code modern} holds platforms that are in no other preset; no platform at all is the default. */
    private static final List<List<String>> SELECTIONS = List.of(
            List.of(),
            List.of("classic"),
            List.of("modern"),
            List.of("osx-universal2"),
            Stream.of(Platform.values())
                    .filter(platform -> platform != Platform.OSX_X86_32)
                    .map(Platform::id)
                    .toList());

    @Test
    void eachPlatformGoesWhereItWent() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String travis : List.of(HOSTED_TRAVIS, OWN_TRAVIS)) {
            for (Platform platform : Platform.values()) {
                for (Set<Service> accounts : accounts()) {
                    lines.add(line(List.of(platform.id()), "auto", accounts, travis));
                }
                for (String ci : List.of("travis", "github-actions", "appveyor", "local")) {
                    lines.add(line(List.of(platform.id()), ci, Set.of(), travis));
                }
            }
        }
        for (List<String> selection : SELECTIONS) {
            for (Set<Service> accounts : accounts()) {
                lines.add(line(selection, "auto", accounts, HOSTED_TRAVIS));
            }
        }
        lines.add(line(List.of("linux-x86_64"), "trevis", Set.of(), HOSTED_TRAVIS));
        List<String> expected = Files.readAllLines(EXPECTED);
        // Those that differ alone, of several hundred.
        assertThat(lines).filteredOn(line -> !expected.contains(line)).isEmpty();
        assertThat(lines).hasSameSizeAs(expected);
    }

    private static List<Set<Service>> accounts() {
        List<Set<Service>> all = new ArrayList<>();
        for (int bits = 0; bits < 1 << HOSTED.size(); bits++) {
            int chosen = bits;
            all.add(HOSTED.stream()
                    .filter(service -> (chosen & (1 << HOSTED.indexOf(service))) != 0)
                    .collect(Collectors.toSet()));
        }
        return all;
    }

    private static String line(List<String> platforms, String ci, Set<Service> accounts, String travis) {
        String names =
                HOSTED.stream().filter(accounts::contains).map(Service::id).collect(Collectors.joining("+", "[", "]"));
        return String.join(",", platforms) + " | " + (travis.equals(OWN_TRAVIS) ? "own Travis CI, " : "") + "ci=" + ci
                + " " + names + " | " + routes(platforms, ci, accounts, travis);
    }

    private static String routes(List<String> platforms, String ci, Set<Service> accounts, String travis) {
        try {
            Routing routing = Routing.of(request(platforms, ci, accounts, travis));
            return routing.routes().stream()
                            .map(route -> Stream.concat(Stream.of(route.service()), route.substitutes().stream())
                                            .map(Service::id)
                                            .collect(Collectors.joining(" "))
                                    + (route.reason().isEmpty() ? "" : " (" + route.reason() + ")"))
                            .collect(Collectors.joining(", "))
                    + routing.warnings().stream()
                            .map(warning -> " ! " + warning)
                            .collect(Collectors.joining());
        } catch (CrossCompileException e) {
            return e.getMessage();
        }
    }

    private static CrossCompileRequest request(List<String> platforms, String ci, Set<Service> accounts, String travis)
            throws CrossCompileException {
        HostingBuilder hosting = new HostingBuilder(
                        new Host("Linux", "aarch64", Path.of("home"), Map.of()), Instant.parse("2026-11-25T12:00:00Z"))
                .repository("alice/builds")
                .accounts(accounts)
                .service(Parameter.TRAVIS_API_URL, travis);
        return new CrossCompileRequestBuilder(Path.of("greet"), "1.0", hosting)
                .platforms(platforms.toArray(String[]::new))
                .ci(ci)
                .build();
    }
}
