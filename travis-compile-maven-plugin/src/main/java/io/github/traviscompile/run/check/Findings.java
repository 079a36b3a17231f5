package io.github.traviscompile.run.check;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.Finding;
import io.github.traviscompile.run.hosted.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Collects what is found and tells it at once. */
final class Findings {

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

    private final Consumer<Finding> told;
    private final List<Finding> found = new ArrayList<>();

    Findings(Consumer<Finding> told) {
        this.told = told;
    }

    List<Finding> all() {
        return List.copyOf(found);
    }

    void ready(String subject, String sentence) {
        add(new Finding(subject, Finding.Verdict.READY, sentence));
    }

    void remark(String subject, String sentence) {
        add(new Finding(subject, Finding.Verdict.REMARK, sentence));
    }

    /** Why a run would be refused. */
    void refused(String subject, CrossCompileException why) {
        add(new Finding(
                subject,
                why instanceof ActionNeededException ? Finding.Verdict.MISSING : Finding.Verdict.BROKEN,
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

    private void add(Finding finding) {
        found.add(finding);
        told.accept(finding);
    }
}
