package io.github.traviscompile.http;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What clients need of the world around them.
 *
 * @param pause between attempts
 * @param proxies by which hosts are reached
 */
public record HttpSettings(HttpTimeouts timeouts, InstantSource clock, Pause pause, ProxySelector proxies) {

    /** With the proxies of the JDK's own settings, {@code -Dhttps.proxyHost} among them. */
    public static HttpSettings of(HttpTimeouts timeouts, InstantSource clock, Pause pause) {
        return new HttpSettings(
                timeouts,
                clock,
                pause,
                Objects.requireNonNullElse(ProxySelector.getDefault(), HttpClient.Builder.NO_PROXY));
    }

    /** The same where all repetitions of one question may take {@code total}. */
    public HttpSettings lasting(Duration total) {
        HttpTimeouts longer =
                new HttpTimeouts(timeouts.request(), total, timeouts.firstPause(), timeouts.betweenLooks());
        return new HttpSettings(longer, clock, pause, proxies);
    }

    /** Begins the attempts of {@code policy}. */
    public RetryPolicy.Retries begin(RetryPolicy policy) {
        return policy.begin(clock, pause);
    }
}
