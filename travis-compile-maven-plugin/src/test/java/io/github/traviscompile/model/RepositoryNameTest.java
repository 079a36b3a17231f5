package io.github.traviscompile.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {

    private static final URI WEB = URI.create("https://github.com");

    @Test
    void isOwnerAndName() throws Exception {
        assertThat(RepositoryName.parse("alice/my.builds_2-x")).isEqualTo(new RepositoryName("alice", "my.builds_2-x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "alice/",
                "/builds",
                "alice/..",
                "alice/a/b",
                "alice/a b",
                "a b/c",
                "../../user",
                "alice/bu%69lds",
                "-a/b",
                "a/b?c",
                "a/\nb"
            })
    void refusesOtherWordsByParameter(String text) {
        assertThatThrownBy(() -> RepositoryName.parse(text))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("<repository> (-Dtravis-compile.repository).");
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
