package io.github.traviscompile.ci.appveyor;

import com.google.gson.JsonObject;
import io.github.traviscompile.http.ApiClient;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import java.net.URI;
import java.util.List;

/**
 * The encryption of values for the file with the account's key. AppVeyor keeps that key, so the values go there
 * unencrypted. The call is not documented; its users show it (conda-forge/conda-smithy, kevinoid/appveyor-swagger).
 */
final class Encryption {

    /** The path for an account's token. */
    private static final List<String> PATHS = List.of("/account/encrypt");

    /**
     * The paths for a user's token. No source says whether the account at the start of each path replaces the word or
     * precedes it.
     */
    private static final List<String> USER_PATHS = List.of("/encrypt", "/account/encrypt");

    private final ApiClient api;
    private final boolean userToken;
    private final URI tokenPage;
    private final String tokenPlace;

    Encryption(ApiClient api, boolean userToken, URI tokenPage, String tokenPlace) {
        this.api = api;
        this.userToken = userToken;
        this.tokenPage = tokenPage;
        this.tokenPlace = tokenPlace;
    }

    /** Makes sure that the service encrypts for this token; changes nothing. */
    void requireReady() throws CrossCompileException, InterruptedException {
        encrypt("ready");
    }

    /** Returns the entry of the file for {@code value}, in base64. */
    String encrypt(String value) throws CrossCompileException, InterruptedException {
        JsonObject body = new JsonObject();
        body.addProperty("plainValue", value);
        int status = 0;
        for (String path : userToken ? USER_PATHS : PATHS) {
            HttpReply answer = api.retry("encrypt a value", () -> api.post(path, body.toString()));
            String cipher = answer.body().strip().replaceAll("^\"|\"$", "");
            if (answer.succeeded() && cipher.matches("[A-Za-z0-9+/]+={0,2}")) {
                return cipher;
            }
            status = answer.status();
        }
        // The message omits the service's reason, since it may repeat the value.
        throw new ActionNeededException(
                "AppVeyor does not encrypt values with this token (status " + status + "), and a"
                        + " leg's key would stand in the commit for all to read."
                        + (userToken
                                ? " The token is a user's, which begins with 'v2.'. Put the account's own (v1), shown"
                                        + " at "
                                        + tokenPage + ", "
                                : " Put that of an administrator of the account, shown at " + tokenPage + ", ")
                        + tokenPlace + ".");
    }
}
