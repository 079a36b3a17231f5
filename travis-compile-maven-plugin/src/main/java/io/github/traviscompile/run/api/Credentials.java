package io.github.traviscompile.run.api;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.SshCredentials;

/**
 * The user's credentials, each looked up on first need. The error for a missing token names every place of the search,
 * and a source of tokens.
 */
public interface Credentials {

    /** Returns the GitHub token, for both git and the API. */
    Secret github() throws CrossCompileException;

    /**
     * Returns the token for the API of a hosted service.
     *
     * @param serverId the parameter for the id of its server in settings.xml
     * @param variable the environment variable that may hold it instead
     * @param origin a sentence on how to get a token, without its full stop
     */
    Secret ofService(Service service, Parameter serverId, String variable, String origin) throws CrossCompileException;

    /** Returns the authtoken for ngrok. */
    Secret ngrok() throws CrossCompileException;

    /** Returns the login for the ssh server of a tunnel; by default the keys of {@code ~/.ssh}. */
    SshCredentials ssh() throws CrossCompileException;
}
