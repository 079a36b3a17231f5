package io.github.traviscompile.run.check;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.CheckResult;
import io.github.traviscompile.run.hosted.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Collects findings and reports each at once. */
final class CheckCollector {

    /** A check that has an answer. */
    @FunctionalInterface
    interface Question<T> {

        /**
         * Returns the answer.
         *
         * @throws CrossCompileException if a prerequisite is missing, with the message of a run
         */
        T answer() throws CrossCompileException, InterruptedException;
    }

    private final Consumer<CheckResult> told;
    private final List<CheckResult> found = new ArrayList<>();

    CheckCollector(Consumer<CheckResult> told) {
        this.told = told;
    }

    List<CheckResult> all() {
        return List.copyOf(found);
    }

    void ready(String subject, String sentence) {
        add(new CheckResult(subject, CheckResult.State.READY, sentence));
    }

    void remark(String subject, String sentence) {
        add(new CheckResult(subject, CheckResult.State.REMARK, sentence));
    }

    /** Adds the failure that would end a run. */
    void refused(String subject, CrossCompileException why) {
        add(new CheckResult(
                subject,
                why instanceof ActionNeededException ? CheckResult.State.MISSING : CheckResult.State.BROKEN,
                why.getMessage()));
    }

    /** Runs a check and adds its sentence, or its failure. */
    void ask(String subject, Question<String> question) throws InterruptedException {
        find(subject, question, sentence -> sentence);
    }

    /**
     * Runs a check whose answer other checks need, and adds its sentence or its failure.
     *
     * @param words makes the sentence from the answer
     * @return the answer; empty after a failure
     */
    <T> Optional<T> find(String subject, Question<T> question, Function<T, String> words) throws InterruptedException {
        try {
            T answer = question.answer();
            ready(subject, words.apply(answer));
            return Optional.of(answer);
        } catch (CrossCompileException e) {
            refused(subject, Interruption.unlessInterrupted(e));
            return Optional.empty();
        }
    }

    private void add(CheckResult finding) {
        found.add(finding);
        told.accept(finding);
    }
}
