package io.github.traviscompile.mojo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.SshCredentials;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.jspecify.annotations.Nullable;

/** The user's tokens: those of settings.xml first, then those of the environment, then the token file of GitHub. */
final class MavenCredentials implements Credentials {

    /**
     * One of the tokens.
     *
     * @param service the service that accepts the token
     * @param parameter the parameter that names the server in settings.xml
     * @param origin a sentence on where to get one, without its full stop
     */
    private record Token(String service, Parameter parameter, List<String> variables, String origin) {}

    private static final Parameter TOKEN_FILE = Parameter.GITHUB_TOKEN_FILE;

    private final SettingsServers servers;
    private final Map<String, String> environment;
    private final TokenPlaces places;
    private final Optional<RepositoryName> repository;
    private final CrossCompileRequest.Services services;

    /**
     * Creates the credentials without looking for a token.
     *
     * @param environment the environment from Maven's session
     * @param repository the repository that messages on missing tokens name
     */
    MavenCredentials(
            SettingsServers servers,
            Map<String, String> environment,
            TokenPlaces places,
            Optional<RepositoryName> repository,
            CrossCompileRequest.Services services) {
        this.servers = servers;
        this.environment = Map.copyOf(environment);
        this.places = places;
        this.repository = repository;
        this.services = services;
    }

    @Override
    public Secret github() throws ActionNeededException {
        Token token = new Token(
                "GitHub",
                Parameter.GITHUB_SERVER_ID,
                List.of("GITHUB_TOKEN", "GH_TOKEN"),
                "Make a fine-grained one with the permissions Contents and Pull requests, for legs on GitHub Actions"
                        + " Workflows and Actions too, all of them read and write, for "
                        + repository.map(RepositoryName::toString).orElse("the repository of " + Parameter.REPOSITORY)
                        + " at "
                        + services.githubWeb() + "/settings/personal-access-tokens");
        List<String> lookedAt = new ArrayList<>();
        Optional<Secret> found = look(token, lookedAt);
        if (found.isPresent()) {
            return found.get();
        }
        Path file = places.githubTokenFile().orElse(null);
        if (file != null) {
            return secret(token, firstLine(file), "in the first line of '" + file + "', as " + TOKEN_FILE + " says,");
        }
        lookedAt.add(TOKEN_FILE + " names no file");
        throw missing(token, lookedAt);
    }

    @Override
    public Secret ofService(Service service, Parameter serverId, String variable, String origin)
            throws ActionNeededException {
        return find(new Token(service.title(), serverId, List.of(variable), origin));
    }

    @Override
    public Secret ngrok() throws ActionNeededException {
        return find(new Token(
                "ngrok",
                Parameter.NGROK_SERVER_ID,
                List.of("NGROK_AUTHTOKEN"),
                "Copy the authtoken from https://dashboard.ngrok.com/get-started/your-authtoken"));
    }

    @Override
    public SshCredentials ssh() throws ActionNeededException {
        Server server = servers.find(Parameter.SSH_SERVER_ID, places.serverId(Parameter.SSH_SERVER_ID))
                .orElse(null);
        if (server == null) {
            return SshCredentials.DEFAULT;
        }
        return new SshCredentials(
                privateKey(server.getPrivateKey(), place(Parameter.SSH_SERVER_ID)),
                password(server.getPassphrase()),
                password(server.getPassword()));
    }

    private Secret find(Token token) throws ActionNeededException {
        List<String> lookedAt = new ArrayList<>();
        Optional<Secret> found = look(token, lookedAt);
        if (found.isPresent()) {
            return found.get();
        }
        throw missing(token, lookedAt);
    }

    /** Looks at settings.xml and the environment, and adds to {@code lookedAt} each place without a token. */
    private Optional<Secret> look(Token token, List<String> lookedAt) throws ActionNeededException {
        Optional<Server> server = servers.find(token.parameter(), places.serverId(token.parameter()));
        Optional<String> password = server.map(Server::getPassword).flatMap(SettingsServers::nonEmpty);
        if (password.isPresent()) {
            return Optional.of(secret(token, password.get(), place(token.parameter())));
        }
        lookedAt.add("settings.xml has no <server> '" + places.serverId(token.parameter()) + "'"
                + (server.isPresent() ? " with a <password>" : "") + ", as " + token.parameter()
                + " says");
        for (String variable : token.variables()) {
            Optional<String> value = SettingsServers.nonEmpty(environment.get(variable));
            if (value.isPresent()) {
                return Optional.of(secret(token, value.get(), "in the environment variable " + variable));
            }
            lookedAt.add("the environment variable " + variable + " is not set");
        }
        return Optional.empty();
    }

    private String place(Parameter parameter) {
        return "in the <server> '" + places.serverId(parameter) + "' of settings.xml, as " + parameter + " says,";
    }

    private static ActionNeededException missing(Token token, List<String> lookedAt) {
        return new ActionNeededException("There is no token for " + token.service() + ": " + String.join("; ", lookedAt)
                + ". " + token.origin() + ", and put it into one of these.");
    }

    private static Secret secret(Token token, String value, String where) throws ActionNeededException {
        try {
            return Secret.of(value);
        } catch (IllegalArgumentException e) {
            throw new ActionNeededException(
                    "The token for " + token.service() + " " + where + " cannot be one. " + e.getMessage()
                            + " Correct it there. " + token.origin() + ".",
                    e);
        }
    }

    private static Optional<Secret> password(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty()).map(Secret::ofPassword);
    }

    private static Optional<Path> privateKey(@Nullable String value, String where) throws ActionNeededException {
        Optional<String> text = SettingsServers.nonEmpty(value);
        try {
            return text.map(String::strip).map(Path::of);
        } catch (InvalidPathException e) {
            throw new ActionNeededException(
                    "The <privateKey> " + where + " is not a path: " + e.getMessage() + ". Correct it there.", e);
        }
    }

    private static String firstLine(Path file) throws ActionNeededException {
        String what = "The token file '" + file + "', as " + TOKEN_FILE + " says, ";
        String remedy = " Write the token for GitHub into its first line, or leave the parameter out.";
        if (!Files.exists(file)) {
            throw new ActionNeededException(what + "is not there." + remedy);
        }
        String line;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            line = reader.readLine();
        } catch (CharacterCodingException e) {
            throw new ActionNeededException(what + "is not text in UTF-8." + remedy, e);
        } catch (IOException e) {
            throw new ActionNeededException(what + "cannot be read (" + e + ")." + remedy, e);
        }
        if (line == null || line.isBlank()) {
            throw new ActionNeededException(what + "has nothing in its first line." + remedy);
        }
        return line;
    }
}
