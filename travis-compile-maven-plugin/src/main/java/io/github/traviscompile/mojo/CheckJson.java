package io.github.traviscompile.mojo;

import io.github.traviscompile.run.api.CheckResult;
import java.util.List;

/**
 * The results of the goal {@code check} as a JSON document of version 1, which the site's page on the goal describes. The
 * components are the document's members, in its order.
 *
 * @param plugin this plugin's version
 * @param passed whether the goal passes
 * @param results in the order in which they were found
 */
record CheckJson(int version, String plugin, boolean passed, List<Result> results) {

    private static final int VERSION = 1;

    /**
     * A result.
     *
     * @param state a {@link CheckResult.State#id()}
     * @param sentence the finding, or the remedy
     */
    private record Result(String subject, String state, String sentence) {}

    /** Returns the document for {@code results}. */
    static String of(String pluginVersion, List<CheckResult> results) {
        return GoalOutput.toJson(new CheckJson(
                VERSION,
                pluginVersion,
                results.stream().noneMatch(CheckResult::isBad),
                results.stream()
                        .map(result ->
                                new Result(result.subject(), result.verdict().id(), result.sentence()))
                        .toList()));
    }
}
