package io.github.traviscompile.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the judge of the stand-in says no. */
class GitHubDescriptionTest {

    private static final String PULLS = "/repos/{owner}/{repo}/pulls";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void complainsAboutWhatGitHubDoesNotDescribe() throws Exception {
        GitHubDescription description = new GitHubDescription();
        JsonNode request = JSON.readTree("{\"title\": \"t\", \"head\": \"h\", \"base\": \"b\", \"draft\": true}");
        JsonNode refused = JSON.readTree("{\"message\": \"Validation Failed\", \"documentation_url\": \"https://x\"}");
        assertThat(description.judge("POST", PULLS, Map.of(), request, 422, refused))
                .isEmpty();
        assertThat(description.judge("POST", PULLS, Map.of(), JSON.readTree("{\"head\": \"h\"}"), 422, refused))
                .anyMatch(complaint -> complaint.contains("required property 'base'"));
        assertThat(description.judge(
                        "POST", PULLS, Map.of(), JSON.readTree("{\"base\": 1, \"head\": \"h\"}"), 422, refused))
                .anyMatch(complaint -> complaint.contains("$.base"));
        assertThat(description.judge("POST", PULLS, Map.of(), request, 422, JSON.readTree("{}")))
                .anyMatch(complaint -> complaint.contains("answer"));
        assertThat(description.judge("POST", PULLS, Map.of(), request, 418, refused))
                .containsExactly("POST " + PULLS + " 418: this status is not described.");
        assertThat(description.judge("DELETE", PULLS, Map.of(), null, 204, null))
                .containsExactly("DELETE " + PULLS + " is not described.");
        assertThat(description.judge(
                        "GET", PULLS, Map.of("who", values("me"), "state", values("ajar")), null, 304, null))
                .hasSize(2);
    }

    private static Deque<String> values(String value) {
        return new ArrayDeque<>(List.of(value));
    }
}
