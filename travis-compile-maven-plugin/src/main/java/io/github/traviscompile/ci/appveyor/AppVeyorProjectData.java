package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.model.RepositoryName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A project in AppVeyor's terms.
 *
 * @param account that owns it
 * @param slug its name in addresses, which may have a suffix in addition to the repository's name
 * @param repository on GitHub
 */
record AppVeyorProjectData(String account, String slug, RepositoryName repository) {

    /** Returns its part of addresses. */
    String path() {
        return encoded(account) + "/" + encoded(slug);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
