package io.github.traviscompile.mojo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Secret;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/** The servers of settings.xml, decrypted. Maven 3 passes them on as they are written, Maven 4 decrypted. */
record SettingsServers(Settings settings, SettingsDecrypter decrypter) {

    /**
     * Returns the server with an id.
     *
     * @param parameter the parameter whose value the id is
     * @throws ActionNeededException if the server exists but cannot be decrypted, or holds an expression that stands
     *     for nothing
     */
    Optional<Server> find(Parameter parameter, String id) throws ActionNeededException {
        Server server = settings.getServer(id);
        if (server == null) {
            return Optional.empty();
        }
        requireResolved(server.getPassword(), server, parameter);
        requireResolved(server.getPassphrase(), server, parameter);
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        for (SettingsProblem problem : result.getProblems()) {
            if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
                throw new ActionNeededException("The <server> '" + id + "' of settings.xml, which "
                        + parameter + " names, cannot be decrypted: " + inWords(problem, server)
                        + ". Check that settings-security.xml, in ~/.m2 or where settings.security says, holds the master"
                        + " password that mvn --encrypt-password encrypted it with, or encrypt it anew.");
            }
        }
        return Optional.of(result.getServer());
    }

    /**
     * Refuses an expression that stands for nothing. Maven leaves it as it is, and then takes its braces for those of
     * encryption.
     */
    private static void requireResolved(@Nullable String value, Server server, Parameter parameter)
            throws ActionNeededException {
        if (value != null && value.strip().matches("\\$\\{[A-Za-z0-9_.-]+}")) {
            throw new ActionNeededException("The <server> '" + server.getId() + "' of settings.xml, which "
                    + parameter + " names, holds an expression that stands for nothing: "
                    + value.strip() + ". Set what it names, or take the <server> out.");
        }
    }

    private static String inWords(SettingsProblem problem, Server server) {
        String text = String.valueOf(problem.getMessage());
        for (Secret secret : Stream.of(server.getPassword(), server.getPassphrase())
                .flatMap(value -> nonEmpty(value).stream())
                .map(Secret::ofPassword)
                .toList()) {
            text = secret.maskIn(text);
        }
        return text.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
    }

    static Optional<String> nonEmpty(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
