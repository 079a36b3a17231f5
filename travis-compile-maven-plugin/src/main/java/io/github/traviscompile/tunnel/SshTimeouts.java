package io.github.traviscompile.tunnel;

import java.time.Duration;

/**
 * How long an ssh tunnel waits for what.
 *
 * @param answer for each of: the connection, the login, the forwarding
 * @param keepAlive between two questions whether the server is still there; three without an answer end the connection
 * @param firstPause before the second attempt to reconnect; each further pause is twice as long
 * @param longestPause where the pauses stop growing
 * @param reconnecting after which a lost tunnel is given up
 */
record SshTimeouts(
        Duration answer, Duration keepAlive, Duration firstPause, Duration longestPause, Duration reconnecting) {

    /** The legs try for 15 minutes (protocol tcmp1), so five leave them time to go on. */
    static final SshTimeouts DEFAULT = new SshTimeouts(
            Duration.ofSeconds(20),
            Duration.ofSeconds(15),
            Duration.ofMillis(500),
            Duration.ofSeconds(15),
            Duration.ofMinutes(5));
}
