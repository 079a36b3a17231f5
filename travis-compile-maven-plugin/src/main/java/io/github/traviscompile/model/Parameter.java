package io.github.traviscompile.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A parameter of the goals: an element of {@code <configuration>} and, except for maps and beans, a property of the
 * command line. Messages name it by {@link #toString()}, so that no message can misspell it.
 */
public enum Parameter {
    ACCEPT_PUBLIC,
    ALLOWED_LIBRARIES,
    ALLOWED_SECRETS,
    APPVEYOR_ACCOUNT,
    APPVEYOR_API_URL,
    APPVEYOR_SERVER_ID,
    ARTIFACTS,
    ATTACH,
    CACHE_DIRECTORY,
    CARGO_PROJECT,
    CI,
    DELIVERY,
    DRY_RUN,
    ENVIRONMENT,
    EXCLUDES,
    FAIL_FAST,
    FEATURES,
    FILES,
    FORCE_BUILD,
    FORMAT,
    GITHUB_API_URL,
    GITHUB_SERVER_ID,
    GITHUB_TOKEN_FILE,
    GITHUB_WEB_URL,
    GLIBC,
    INCLUDES,
    JAR_LAYOUT,
    JAR_WITH_ALL_PLATFORMS,
    KEEP_ON_FAILURE,
    LOCAL_JOBS,
    LOCKED,
    MACOS_DEPLOYMENT_TARGET,
    NGROK_SERVER_ID,
    NO_DEFAULT_FEATURES,
    OIDC_ISSUER,
    OUTPUT,
    OUTPUT_DIRECTORY,
    OUTPUT_FILE,
    PACKAGES,
    PLATFORM,
    PLATFORMS,
    PROFILE,
    PROVENANCE,
    PULL_REQUEST,
    PYTHON_VERSIONS,
    QUEUE_TIMEOUT_MINUTES,
    RECEIVER_PORT,
    REPOSITORY,
    REQUIRED_EXPORTS,
    REUSE,
    SBOM,
    SKIP,
    SMOKE_TEST,
    SNAPSHOT_ROOT,
    SSH_SERVER_ID,
    SYSTEM_PACKAGES,
    TIMEOUT_MINUTES,
    TOOLCHAIN,
    TRAVIS_API_URL,
    TRAVIS_SERVER_ID,
    TUNNEL,
    VERBOSE,
    WINDOWS_STATIC_CRT;

    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

    private static final Set<Parameter> POM_ONLY = EnumSet.of(ENVIRONMENT, SYSTEM_PACKAGES);

    /** Returns the name in the POM, such as {@code localJobs}. */
    public String key() {
        return NEXT_WORD
                .matcher(name().toLowerCase(Locale.ROOT))
                .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    /** Returns the element in a POM, such as {@code <localJobs>}. */
    public String element() {
        return "<" + key() + ">";
    }

    /** Whether the parameter has no property, because Maven cannot convert one to a map or a bean. */
    public boolean isPomOnly() {
        return POM_ONLY.contains(this);
    }

    /**
     * Returns the option of the command line, such as {@code -Dtravis-compile.localJobs}.
     *
     * @throws IllegalStateException if the parameter has no property
     */
    public String property() {
        if (isPomOnly()) {
            throw new IllegalStateException("There is no property for " + element() + ".");
        }
        return "-Dtravis-compile." + key();
    }

    /** Returns both spellings with a value, such as {@code <localJobs>2</localJobs> (-Dtravis-compile.localJobs=2)}. */
    public String setTo(String value) {
        return element() + value + "</" + key() + "> (" + property() + "=" + value + ")";
    }

    /**
     * Returns both spellings, such as {@code <localJobs> (-Dtravis-compile.localJobs)}; the element alone if it has no
     * property.
     */
    @Override
    public String toString() {
        return isPomOnly() ? element() : element() + " (" + property() + ")";
    }
}
