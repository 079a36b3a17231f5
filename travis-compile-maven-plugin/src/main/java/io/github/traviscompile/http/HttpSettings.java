package io.github.traviscompile.http;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * The settings of HTTP clients.
 *
 * @param pause between attempts
 * @param proxies the proxy of each host
 */
public record HttpSettings(HttpTimeouts timeouts, InstantSource clock, Pause pause, ProxySelector proxies) {

    /** Uses the proxies of the JDK's own settings, such as {@code -Dhttps.proxyHost}. */
    public static HttpSettings of(HttpTimeouts timeouts, InstantSource clock, Pause pause) {
        return new HttpSettings(
                timeouts,
                clock,
                pause,
                Objects.requireNonNullElse(ProxySelector.getDefault(), HttpClient.Builder.NO_PROXY));
    }

    /** Returns a copy in which all attempts at one request may take {@code total}. */
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
