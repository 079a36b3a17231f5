package io.github.traviscompile.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.CommitId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseCommitTest {

    @TempDir
    Path directory;

    @Test
    void isGitsHead() throws Exception {
        Path top = directory.resolve("tree");
        Path tree = Files.createDirectories(top.resolve("crates"));
        RealGit git = new RealGit(top, directory).init();
        assertThat(BaseCommit.of(tree)).as("nothing is committed yet").isEmpty();

        git.run("commit", "--quiet", "--allow-empty", "--message", "one");
        CommitId head = head(git);
        assertThat(BaseCommit.of(tree)).contains(new BaseCommit(head, Optional.empty()));

        git.run("remote", "add", "origin", "https://alice:secret@example.org/alice/rand.git");
        assertThat(BaseCommit.of(tree))
                .contains(new BaseCommit(head, Optional.of(URI.create("https://example.org/alice/rand.git"))));

        git.run("pack-refs", "--all");
        assertThat(BaseCommit.of(tree).orElseThrow().id()).isEqualTo(head);
        git.run("checkout", "--quiet", "--detach");
        assertThat(BaseCommit.of(tree).orElseThrow().id()).isEqualTo(head);

        git.run("worktree", "add", "--quiet", "-b", "other", "../other");
        Path other = directory.resolve("other");
        new RealGit(other, directory).run("commit", "--quiet", "--allow-empty", "--message", "two");
        assertThat(BaseCommit.of(other).orElseThrow())
                .isEqualTo(new BaseCommit(
                        head(new RealGit(other, directory)),
                        Optional.of(URI.create("https://example.org/alice/rand.git"))))
                .isNotEqualTo(BaseCommit.of(tree).orElseThrow());
    }

    @Test
    void isEmptyWithoutARepository() throws Exception {
        assertThat(BaseCommit.of(directory)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://github.com/alice/rand, https://github.com/alice/rand",
                "HTTPS://token@GitHub.com:8443/alice/rand.git?a=secret#b, https://github.com:8443/alice/rand.git",
                "git@github.com:alice/rand.git, ssh://github.com/alice/rand.git",
                "github.com:/alice/größe y, ssh://github.com/alice/gr%C3%B6%C3%9Fe%20y",
                "ssh://git:secret@github.com/alice/rand.git, ssh://github.com/alice/rand.git",
                "git://example.org/rand, git://example.org/rand",
                "/home/alice/rand, -",
                "../rand, -",
                "file:///home/alice/rand, -",
                "C:/Users/alice/rand, -",
                "https://a b/c, -",
                "ext::sh -c secret, -"
            })
    void removesCredentialsAndLocalAddresses(String remote, String expected) {
        assertThat(BaseCommit.publicUri(remote).map(URI::toString)).isEqualTo(Optional.ofNullable(expected));
    }

    private static CommitId head(RealGit git) throws Exception {
        return new CommitId(git.run("rev-parse", "HEAD").strip());
    }
}
