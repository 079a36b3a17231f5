package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.OperatingSystem;
import io.github.traviscompile.model.Version;

/**
 * The target system of a Mach-O file ({@code mach-o/loader.h}, {@code LC_BUILD_VERSION} and {@code
 * LC_VERSION_MIN_MACOSX}).
 *
 * @param platform as {@code LC_BUILD_VERSION} numbers it: 1 is macOS, 2 iOS, 6 Mac Catalyst
 * @param minimum the oldest supported release
 */
public record AppleSystem(int platform, Version minimum) {

    static final int MACOS = 1;

    public OperatingSystem os() {
        return platform == MACOS ? OperatingSystem.MACOS : OperatingSystem.OTHER_APPLE;
    }
}
