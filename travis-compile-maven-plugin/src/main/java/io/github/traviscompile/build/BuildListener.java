package io.github.traviscompile.build;

import io.github.traviscompile.platform.Leg;

/** Hears what a run does, while it does it. Calls come from several threads, one at a time for each leg. */
public interface BuildListener {

    /** Something worth one line. */
    void info(String sentence);

    /** Something the user should see to though the run goes on. */
    void warning(String sentence);

    /**
     * A leg says where it is.
     *
     * @param phase one word: {@code started}, {@code toolchain}, {@code compiling}, {@code uploading}, {@code done} or
     *     {@code failed}
     * @param detail a line of text, possibly empty
     */
    void progress(Leg leg, String phase, String detail);
}
