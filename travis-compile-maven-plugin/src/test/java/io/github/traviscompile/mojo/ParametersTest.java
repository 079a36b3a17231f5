package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.build.CrossCompileRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way from a POM and from properties to a request, through Maven's own configurator. */
@MojoTest
class ParametersTest {

    private static final String POMS = "src/test/resources/io/github/traviscompile/mojo/";

    @Inject
    private MavenProject project;

    /** What Maven's own parent POM would have set. */
    @BeforeEach
    void nameTheBuild() {
        project.getBuild().setFinalName("named-1");
    }

    @Test
    @InjectMojo(goal = "cross-compile", pom = POMS + "nothing-set.xml")
    void whatIsNotSetHasItsDefault(CrossCompileMojo mojo) throws Exception {
        CrossCompileRequest request = mojo.request();
        assertThat(request.where())
                .isEqualTo(new CrossCompileRequest.Where(List.of(), Optional.empty(), Optional.empty()));
        assertThat(request.what())
                .isEqualTo(new CrossCompileRequest.What(
                        List.of(), List.of(), false, "release", true, Optional.empty(), Map.of()));
        assertThat(request.source())
                .isEqualTo(new CrossCompileRequest.Source(Optional.empty(), List.of(), List.of(), List.of()));
        assertThat(request.running())
                .isEqualTo(new CrossCompileRequest.Running(
                        true, false, true, false, Optional.empty(), Duration.ofHours(2)));
        assertThat(request.delivery().cacheDirectory()).isEmpty();
        assertThat(request.delivery().finalName()).contains("named-1");
    }

    @Test
    @InjectMojo(goal = "cross-compile", pom = POMS + "everything-set.xml")
    void whatThePomSetsReachesTheRequest(CrossCompileMojo mojo) throws Exception {
        CrossCompileRequest request = mojo.request();
        assertThat(request.cargoProject()).endsWithRaw(Path.of("crates", "rand"));
        assertThat(request.where())
                .isEqualTo(new CrossCompileRequest.Where(
                        List.of("linux-x86_64", "classic"), Optional.of("local"), Optional.of("alice/builds")));
        assertThat(request.what())
                .isEqualTo(new CrossCompileRequest.What(
                        List.of("rand"),
                        List.of("std", "rand/simd"),
                        true,
                        "dist",
                        false,
                        Optional.of("1.85.0"),
                        Map.of("GREETING", "hello")));
        assertThat(request.source().root())
                .get()
                .satisfies(root -> assertThat(root).endsWithRaw(Path.of("crates")));
        assertThat(request.source().includes()).containsExactly("rand/**");
        assertThat(request.source().excludes()).containsExactly("rand/benches/**");
        assertThat(request.source().allowedSecrets()).containsExactly("rand/tests/key.pem");
        assertThat(request.delivery().outputDirectory())
                .get()
                .satisfies(out -> assertThat(out).endsWithRaw(Path.of("out")));
        assertThat(request.delivery().cacheDirectory())
                .get()
                .satisfies(cache -> assertThat(cache).endsWithRaw(Path.of("cache")));
        assertThat(request.running())
                .isEqualTo(new CrossCompileRequest.Running(
                        false, true, false, false, Optional.of(3), Duration.ofMinutes(7)));
    }

    @Test
    @InjectMojo(goal = "plan", pom = POMS + "nothing-set.xml")
    @MojoParameter(name = "platforms", value = "linux-x86_64,x86_64-apple-darwin")
    @MojoParameter(name = "timeoutMinutes", value = "5")
    void listsCanBeGivenInOneValueAsOnACommandLine(PlanMojo mojo) throws Exception {
        assertThat(mojo.request().where().platforms()).containsExactly("linux-x86_64", "x86_64-apple-darwin");
        assertThat(mojo.request().running().timeout()).isEqualTo(Duration.ofMinutes(5));
    }
}
