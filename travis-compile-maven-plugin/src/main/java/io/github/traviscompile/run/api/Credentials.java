package io.github.traviscompile.run.api;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.SshCredentials;

/**
 * The user's tokens, each looked for when it is needed. A token that is not to be had is refused in words that name every
 * place it was looked for in, and where to get one.
 */
public interface Credentials {

    /** The token for GitHub, for git and the API alike. */
    Secret github() throws CrossCompileException;

    /**
     * The token for the API of a hosted service.
     *
     * @param serverId the parameter that names its server in settings.xml
     * @param variable the environment variable that has it otherwise
     * @param origin a sentence on where to get one, without its full stop
     */
    Secret ofService(Service service, Parameter serverId, String variable, String origin) throws CrossCompileException;

    /** The authtoken for ngrok. */
    Secret ngrok() throws CrossCompileException;

    /** How to log in to the ssh server of a tunnel; the keys of {@code ~/.ssh} where nothing else is said. */
    SshCredentials ssh() throws CrossCompileException;
}
