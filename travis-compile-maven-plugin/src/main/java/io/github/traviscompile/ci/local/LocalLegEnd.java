package io.github.traviscompile.ci.local;

import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.platform.Leg;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a leg ended on this machine.
 *
 * @param lastWords the last line the script said, which names the cause where it failed; may be empty
 * @param log Cargo's output
 * @param elapsed from the start of the script to its end
 */
public record LocalLegEnd(Leg leg, LegExit exit, String lastWords, Path log, Duration elapsed) {}
