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

/** Collects what is found and tells it at once. */
final class CheckCollector {

    /** Something to find out. */
    @FunctionalInterface
    interface Question<T> {

        /**
         * Finds it out.
         *
         * @throws CrossCompileException if something is not as it has to be, in a run's own words
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

    /** Why a run would be refused. */
    void refused(String subject, CrossCompileException why) {
        add(new CheckResult(
                subject,
                why instanceof ActionNeededException ? CheckResult.State.MISSING : CheckResult.State.BROKEN,
                why.getMessage()));
    }

    /** Asks for the sentence on what is as it has to be, and takes it down, or why that is not so. */
    void ask(String subject, Question<String> question) throws InterruptedException {
        find(subject, question, sentence -> sentence);
    }

    /**
     * Asks for something that other questions need.
     *
     * @param words the sentence on it
     * @return empty where it is not to be had, which is taken down
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
