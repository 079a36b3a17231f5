package io.github.traviscompile.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {

    private static final URI WEB = URI.create("https://github.com");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice/my.builds_2-x",
                "  alice/my.builds_2-x\t",
                "alice/my.builds_2-x/",
                "alice/my.builds_2-x.git",
                "https://github.com/alice/my.builds_2-x",
                "https://github.com/alice/my.builds_2-x/",
                "https://github.com/alice/my.builds_2-x.git",
                "https://www.github.com/alice/my.builds_2-x",
                "http://GitHub.com/alice/my.builds_2-x",
                "github.com/alice/my.builds_2-x",
                "git@github.com:alice/my.builds_2-x.git",
                "ssh://git@github.com/alice/my.builds_2-x.git",
                "ssh://git@ssh.github.com:443/alice/my.builds_2-x.git",
                "git://github.com/alice/my.builds_2-x.git"
            })
    void isReadInEachFormThatPeopleWrite(String text) throws Exception {
        assertThat(RepositoryName.parse(text, WEB)).isEqualTo(new RepositoryName("alice", "my.builds_2-x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "alice/",
                "/builds",
                "alice/..",
                "alice/.git",
                "alice/a/b",
                "alice/a b",
                "a b/c",
                "../../user",
                "alice/bu%69lds",
                "-a/b",
                "a/b?c",
                "a/\nb",
                "alice\\builds",
                "@alice/builds",
                "https://github.com/alice",
                "https://github.com/alice/builds/tree/main",
                "https://github.com/alice/builds?tab=readme"
            })
    void refusesOtherWordsByParameter(String text) {
        assertThatThrownBy(() -> RepositoryName.parse(text, WEB))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage(
                        "'" + text + "' does not name a repository on GitHub. Write its owner, a slash and its name,"
                                + " such as alice/builds, into <repository> (-Dtravis-compile.repository).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://gitlab.com/alice/builds",
                "git@gitlab.com:alice/builds.git",
                "gitlab.com/alice/builds",
                "https://github.com.evil.example/alice/builds",
                "ssh.github.example/alice/builds"
            })
    void namesTheGitHubThatCounts(String text) {
        assertThatThrownBy(() -> RepositoryName.parse(text, WEB))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("'" + text + "' does not name a repository on GitHub, which is at https://github.com"
                        + " according to <githubWebUrl> (-Dtravis-compile.githubWebUrl). Write its owner, a slash and its"
                        + " name, such as alice/builds, into <repository> (-Dtravis-compile.repository).");
    }

    @Test
    void anEnterpriseServerHasAddressesOfItsOwn() throws Exception {
        URI web = URI.create("https://forge.example.org");
        assertThat(RepositoryName.parse("git@forge.example.org:alice/builds.git", web))
                .isEqualTo(new RepositoryName("alice", "builds"));
        assertThatThrownBy(() -> RepositoryName.parse("https://github.com/alice/builds", web))
                .hasMessageContaining("which is at https://forge.example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://s3cret@github.com/alice/builds.git",
                "https://alice:s3cret@github.com/alice/builds",
                "ssh://git:s3cret@github.com/alice/builds"
            })
    void aTokenInTheAddressIsNeitherUsedNorRepeated(String text) {
        assertThatThrownBy(() -> RepositoryName.parse(text, WEB))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage(
                        "The address in <repository> (-Dtravis-compile.repository) has a user or a password before its"
                                + " @. Write owner and name alone, such as alice/builds, and put a token where <githubServerId>"
                                + " (-Dtravis-compile.githubServerId) says.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/alice/rand",
                "https://github.com/alice/rand.git",
                "https://token@github.com/alice/rand.git/",
                "ssh://git@github.com/alice/rand.git",
                "ssh://git@GitHub.com:22/alice/rand.git",
                "git@github.com:alice/rand.git",
                "github.com:alice/rand"
            })
    void readsEveryFormOfARemote(String remote) {
        assertThat(RepositoryName.ofRemote(remote, WEB)).contains(new RepositoryName("alice", "rand"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://gitlab.com/alice/rand",
                "https://github.com.evil.example/alice/rand",
                "https://evil.example/github.com/alice/rand",
                "/home/alice/rand",
                "git@github.com:alice/deep/rand.git",
                "https://github.com/alice"
            })
    void takesNoOtherPlaceForGitHub(String remote) {
        assertThat(RepositoryName.ofRemote(remote, WEB)).isEmpty();
    }
}
