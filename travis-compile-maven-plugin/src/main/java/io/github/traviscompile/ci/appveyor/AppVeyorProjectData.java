package io.github.traviscompile.ci.appveyor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A project as AppVeyor knows it.
 *
 * @param account that owns it
 * @param slug its name in addresses, which may have a suffix that the repository's has not
 * @param repository {@code owner/name} on GitHub
 */
record AppVeyorProjectData(String account, String slug, String repository) {

    /** As addresses name it. */
    String path() {
        return encoded(account) + "/" + encoded(slug);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
