package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.CiToken;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.SshCredentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings are encrypted and decrypted by Maven's own classes. */
class MavenCredentialsTest {

    /** In no message, in no string. */
    private static final String CANARY = "ghp_c4n4ry";

    private static final String GITHUB_ORIGIN = " Make a fine-grained one with the permissions Contents and Pull"
            + " requests, for legs on GitHub Actions Workflows and Actions too, all of them read and write, for alice/builds"
            + " at https://github.com/settings/personal-access-tokens";

    @TempDir
    private Path directory;

    private EncryptedSettings settings;
    private final Map<String, String> environment = new HashMap<>();
    private Optional<Path> tokenFile = Optional.empty();
    private URI travis = URI.create("https://api.travis-ci.com");

    @BeforeEach
    void makeSettings() throws Exception {
        settings = EncryptedSettings.in(directory);
    }

    private MavenCredentials credentials() {
        return new MavenCredentials(
                settings.servers(),
                environment,
                new TokenPlaces(
                        Map.of(
                                Parameter.GITHUB_SERVER_ID, "github",
                                Parameter.TRAVIS_SERVER_ID, "travis",
                                Parameter.NGROK_SERVER_ID, "ngrok",
                                Parameter.SSH_SERVER_ID, "ssh"),
                        tokenFile),
                Optional.of(new RepositoryName("alice", "builds")),
                services());
    }

    private CrossCompileRequest.Services services() {
        return new CrossCompileRequest.Services(Map.of(
                Parameter.GITHUB_API_URL,
                URI.create("https://api.github.com").toString(),
                Parameter.GITHUB_WEB_URL,
                URI.create("https://github.com").toString(),
                Parameter.TRAVIS_API_URL,
                travis.toString(),
                Parameter.APPVEYOR_API_URL,
                URI.create("https://ci.appveyor.com/api").toString()));
    }

    private Secret travisToken() throws ActionNeededException {
        TravisProvider provider = new TravisProvider();
        CiToken token = provider.token().orElseThrow();
        return credentials()
                .ofService(
                        provider.service(),
                        token.serverId(),
                        token.variable(),
                        provider.tokenOrigin(services().settings(Instant.EPOCH)));
    }

    @Test
    void aPasswordOfSettingsXmlIsTaken() throws Exception {
        settings.add("github").setPassword("for-github");
        settings.add("travis").setPassword("for-travis");
        settings.add("ngrok").setPassword("for-ngrok");
        assertThat(credentials().github().reveal()).isEqualTo("for-github");
        assertThat(travisToken().reveal()).isEqualTo("for-travis");
        assertThat(credentials().ngrok().reveal()).isEqualTo("for-ngrok");
    }

    @Test
    void anEncryptedPasswordIsDecrypted() throws Exception {
        String encrypted = settings.encrypt(CANARY);
        assertThat(encrypted).doesNotContain(CANARY);
        settings.add("github").setPassword(encrypted);
        assertThat(credentials().github().reveal()).isEqualTo(CANARY);
    }

    @Test
    void aPasswordThatCannotBeDecryptedIsAFailureThoughTheEnvironmentHasAToken() throws Exception {
        String encrypted = settings.encrypt(CANARY);
        settings.add("github").setPassword(encrypted);
        settings.forgetMaster();
        environment.put("GITHUB_TOKEN", "from-the-environment");
        assertRefused(() -> credentials().github())
                .hasMessageStartingWith("The <server> 'github' of settings.xml, which <githubServerId>"
                        + " (-Dtravis-compile.githubServerId) names, cannot be decrypted: Failed to decrypt password for"
                        + " server github: ")
                .hasMessageEndingWith(". Check that settings-security.xml, in ~/.m2 or where settings.security says,"
                        + " holds the master password that mvn --encrypt-password encrypted it with, or encrypt it"
                        + " anew.")
                .hasMessageNotContaining(encrypted);
    }

    @Test
    void withoutSettingsSecurityTheFileIsNamed() throws Exception {
        settings.add("travis").setPassword(settings.encrypt(CANARY));
        settings.removeMaster();
        assertRefused(() -> travisToken())
                .hasMessageContaining("<server> 'travis' of settings.xml, which <travisServerId>")
                .hasMessageContaining(directory.resolve("settings-security.xml").toString());
    }

    @Test
    void settingsXmlComesBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
        tokenFile = Optional.of(Files.writeString(directory.resolve("TOKEN"), "from-the-file\nnotes\n"));
        assertThat(credentials().github().reveal()).isEqualTo("from-the-file");
        environment.put("GH_TOKEN", "from-gh");
        assertThat(credentials().github().reveal()).isEqualTo("from-gh");
        environment.put("GITHUB_TOKEN", "from-github");
        assertThat(credentials().github().reveal()).isEqualTo("from-github");
        settings.add("github").setPassword("from-settings");
        assertThat(credentials().github().reveal()).isEqualTo("from-settings");
    }

    @Test
    void everyServiceHasItsVariable() throws Exception {
        environment.put("TRAVIS_TOKEN", "for-travis");
        environment.put("NGROK_AUTHTOKEN", "for-ngrok");
        assertThat(travisToken().reveal()).isEqualTo("for-travis");
        assertThat(credentials().ngrok().reveal()).isEqualTo("for-ngrok");
    }

    @Test
    void aBlankVariableAndAServerWithoutPasswordAreNotThere() {
        settings.add("github").setUsername("alice");
        environment.put("GITHUB_TOKEN", " ");
        assertRefused(() -> credentials().github())
                .hasMessageContaining("settings.xml has no <server> 'github' with a <password>, as ")
                .hasMessageContaining("the environment variable GITHUB_TOKEN is not set; ");
    }

    @Test
    void aMissingTokenIsToldWithEveryPlaceLookedAtAndWhereToGetOne() {
        assertRefused(() -> credentials().github())
                .hasMessage("There is no token for GitHub: settings.xml has no <server> 'github', as <githubServerId>"
                        + " (-Dtravis-compile.githubServerId) says; the environment variable GITHUB_TOKEN is not set;"
                        + " the environment variable GH_TOKEN is not set; <githubTokenFile>"
                        + " (-Dtravis-compile.githubTokenFile) names no file."
                        + GITHUB_ORIGIN + ", and put it into one of these.");
        assertRefused(() -> travisToken())
                .hasMessage("There is no token for Travis CI: settings.xml has no <server> 'travis', as"
                        + " <travisServerId> (-Dtravis-compile.travisServerId) says; the environment variable"
                        + " TRAVIS_TOKEN is not set. Copy the API token from your account's preferences at"
                        + " https://app.travis-ci.com/account/preferences, and put it into one of these.");
        assertRefused(() -> credentials().ngrok())
                .hasMessage("There is no token for ngrok: settings.xml has no <server> 'ngrok', as <ngrokServerId>"
                        + " (-Dtravis-compile.ngrokServerId) says; the environment variable NGROK_AUTHTOKEN is not set."
                        + " Copy the authtoken from https://dashboard.ngrok.com/get-started/your-authtoken, and put it"
                        + " into one of these.");
    }

    @Test
    void aTravisOfOnesOwnHasItsOwnPreferences() {
        travis = URI.create("https://travis.example.org/api");
        assertRefused(() -> travisToken())
                .hasMessageContaining("preferences at the Travis CI of https://travis.example.org/api, and");
    }

    @Test
    void aMalformedTokenIsRefusedByItsPlaceAndNeverRepeated() throws Exception {
        String malformed = CANARY + " with a remark";
        environment.put("GH_TOKEN", malformed);
        assertRefused(() -> credentials().github())
                .hasMessage("The token for GitHub in the environment variable GH_TOKEN cannot be one. A token is not"
                        + " empty and holds visible ASCII characters only. Correct it there." + GITHUB_ORIGIN + ".");
        environment.clear();
        tokenFile = Optional.of(Files.writeString(directory.resolve("TOKEN"), malformed));
        assertRefused(() -> credentials().github())
                .hasMessageStartingWith("The token for GitHub in the first line of '" + tokenFile.get()
                        + "', as <githubTokenFile> (-Dtravis-compile.githubTokenFile) says, cannot be one. ");
        settings.add("github").setPassword(settings.encrypt(malformed));
        assertRefused(() -> credentials().github())
                .hasMessageStartingWith("The token for GitHub in the <server> 'github' of settings.xml, as"
                        + " <githubServerId> (-Dtravis-compile.githubServerId) says, cannot be one. ");
    }

    @Test
    void anExpressionThatMavenCouldNotResolveIsNoToken() {
        settings.add("github").setPassword("${env.NOT_SET}");
        environment.put("GITHUB_TOKEN", "from-the-environment");
        assertRefused(() -> credentials().github())
                .hasMessage("The <server> 'github' of settings.xml, which <githubServerId>"
                        + " (-Dtravis-compile.githubServerId) names, holds an expression that stands for nothing:"
                        + " ${env.NOT_SET}. Set what it names, or take the <server> out.");
    }

    @Test
    void aTokenFileThatHoldsNoneIsRefusedInWords() throws Exception {
        Path file = directory.resolve("TOKEN");
        tokenFile = Optional.of(file);
        String begin = "The token file '" + file + "', as <githubTokenFile> (-Dtravis-compile.githubTokenFile) says, ";
        String remedy = " Write the token for GitHub into its first line, or leave the parameter out.";
        assertRefused(() -> credentials().github()).hasMessage(begin + "is not there." + remedy);
        Files.writeString(file, "\n" + CANARY + "\n");
        assertRefused(() -> credentials().github()).hasMessage(begin + "has nothing in its first line." + remedy);
        Files.writeString(file, "");
        assertRefused(() -> credentials().github()).hasMessage(begin + "has nothing in its first line." + remedy);
        Files.write(file, ("\uFEFF" + CANARY).getBytes(StandardCharsets.UTF_16LE));
        assertRefused(() -> credentials().github()).hasMessage(begin + "is not text in UTF-8." + remedy);
        Files.delete(file);
        Files.createDirectory(file);
        assertRefused(() -> credentials().github())
                .hasMessageStartingWith(begin + "cannot be read (")
                .hasMessageEndingWith(")." + remedy);
    }

    @Test
    void theSshServerIsReadFromSettingsXmlAndDecrypted() throws Exception {
        assertThat(credentials().ssh()).isEqualTo(SshCredentials.DEFAULT);
        Server server = settings.add("ssh");
        server.setUsername("not used");
        assertThat(credentials().ssh()).isEqualTo(SshCredentials.DEFAULT);
        server.setPrivateKey("/home/alice/.ssh/relay");
        server.setPassphrase(settings.encrypt("öffne dich"));
        server.setPassword(settings.encrypt(CANARY));
        assertThat(credentials().ssh())
                .isEqualTo(new SshCredentials(
                        Optional.of(Path.of("/home/alice/.ssh/relay")),
                        Optional.of(Secret.ofPassword("öffne dich")),
                        Optional.of(Secret.ofPassword(CANARY))));
        assertThat(credentials().ssh().toString()).doesNotContain(CANARY);
        settings.forgetMaster();
        assertRefused(() -> credentials().ssh())
                .hasMessageStartingWith("The <server> 'ssh' of settings.xml, which <sshServerId>"
                        + " (-Dtravis-compile.sshServerId) names, cannot be decrypted: ");
    }

    /** Neither the message nor a cause, as -e shows them, holds the canary. */
    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOf(ActionNeededException.class)
                .satisfies(thrown -> {
                    StringWriter trace = new StringWriter();
                    thrown.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain(CANARY);
                });
    }
}
