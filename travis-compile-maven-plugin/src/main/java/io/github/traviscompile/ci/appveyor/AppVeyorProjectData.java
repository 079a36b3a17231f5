package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.model.RepositoryName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A project as AppVeyor knows it.
 *
 * @param account that owns it
 * @param slug its name in addresses, which may have a suffix that the repository's has not
 * @param repository on GitHub
 */
record AppVeyorProjectData(String account, String slug, RepositoryName repository) {

    /** As addresses name it. */
    String path() {
        return encoded(account) + "/" + encoded(slug);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
