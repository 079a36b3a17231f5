package io.github.traviscompile.standin;

import java.util.Optional;
import java.util.Set;

/**
 * Who may do what at the stand-in.
 *
 * @param scopes of a classic token; nothing for a fine-grained one
 * @param rights what it really may do
 */
public record StandInToken(String value, Optional<String> scopes, Set<Right> rights) {

    public enum Right {
        READ,
        PUSH,
        PULL_REQUESTS,
        WORKFLOWS,
        ACTIONS
    }

    public static StandInToken fineGrained(String value, Right... rights) {
        return new StandInToken(value, Optional.empty(), Set.of(rights));
    }
}
