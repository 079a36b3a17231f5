package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maven's own resolver on a local repository in a temporary directory. */
@MojoTest
class MavenArtifactSourceTest {

    @TempDir
    private Path localRepository;

    @Inject
    private RepositorySystem system;

    private MavenArtifactSource source;

    @BeforeEach
    void openRepository() {
        DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
        session.setLocalRepositoryManager(
                system.newLocalRepositoryManager(session, new LocalRepository(localRepository.toFile())));
        session.setOffline(true);
        source = new MavenArtifactSource(
                system,
                session,
                List.of(new RemoteRepository.Builder("plugins", "default", "https://repository.example.org/").build()));
    }

    @Test
    void anArtifactThatIsHereIsFound() throws Exception {
        Path jar = localRepository.resolve("com/example/native/1/native-1-linux-x86_64.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "a jar");
        assertThat(source.resolve("com.example:native:jar:linux-x86_64:1")).isEqualTo(jar);
    }

    @Test
    void whatCannotBeHadIsToldInMavensWords() {
        assertThatThrownBy(() -> source.resolve("com.example:native:jar:linux-x86_64:2"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("com.example:native:jar:linux-x86_64:2")
                .hasMessageContaining("offline");
    }
}
