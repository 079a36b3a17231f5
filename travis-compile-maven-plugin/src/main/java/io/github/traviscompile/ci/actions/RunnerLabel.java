package io.github.traviscompile.ci.actions;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hosted runners of legs, with the day of each one's removal if GitHub has announced it (actions/runner-images,
 * README and announcements, read 2026-08-21).
 */
enum RunnerLabel {
    /** The oldest Linux with a runner, so that the outputs run on most systems: glibc 2.35. See #14254. */
    UBUNTU_22_04("ubuntu-22.04", LocalDate.of(2027, 4, 17)),
    UBUNTU_22_04_ARM("ubuntu-22.04-arm", LocalDate.of(2027, 4, 17)),
    /** An Arm machine; its SDK has both current architectures. */
    MACOS_15("macos-15", null),
    /** Visual Studio 2022, with the compilers for Arm. */
    WINDOWS_2022("windows-2022", null);

    /** The number of days before a label's removal in which runs warn of it. */
    private static final long NEAR_DAYS = 60;

    private final String label;
    private final Optional<LocalDate> gone;

    RunnerLabel(String label, @Nullable LocalDate gone) {
        this.label = label;
        this.gone = Optional.ofNullable(gone);
    }

    String label() {
        return label;
    }

    boolean isWindows() {
        return this == WINDOWS_2022;
    }

    /** Returns the day of its removal; empty if none is announced. */
    Optional<LocalDate> gone() {
        return gone;
    }

    boolean isGone(LocalDate today) {
        return gone.filter(day -> !today.isBefore(day)).isPresent();
    }

    /** Whether the label still exists but will soon be removed. */
    boolean isNearItsEnd(LocalDate today) {
        return !isGone(today)
                && gone.filter(day -> ChronoUnit.DAYS.between(today, day) <= NEAR_DAYS)
                        .isPresent();
    }
}
