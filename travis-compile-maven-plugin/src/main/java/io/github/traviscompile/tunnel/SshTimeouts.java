package io.github.traviscompile.tunnel;

import java.time.Duration;

/**
 * The timeouts of an ssh tunnel.
 *
 * @param answer for each of: the connection, the login, the forwarding
 * @param keepAlive between two heartbeats; three without an answer end the connection
 * @param firstPause before the second attempt to reconnect; each further pause is twice as long
 * @param longestPause the limit of the pauses
 * @param reconnecting the time after which a broken tunnel is lost
 */
record SshTimeouts(
        Duration answer, Duration keepAlive, Duration firstPause, Duration longestPause, Duration reconnecting) {

    /** The legs retry for 15 minutes (protocol tcmp1), so five leave them time to continue. */
    static final SshTimeouts DEFAULT = new SshTimeouts(
            Duration.ofSeconds(20),
            Duration.ofSeconds(15),
            Duration.ofMillis(500),
            Duration.ofSeconds(15),
            Duration.ofMinutes(5));
}
