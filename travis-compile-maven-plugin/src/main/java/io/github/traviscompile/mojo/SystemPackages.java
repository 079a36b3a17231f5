package io.github.traviscompile.mojo;

import io.github.traviscompile.model.PackageManager;
import java.util.List;
import java.util.Map;

/** The parameter {@code systemPackages}, as Maven fills it in. */
public final class SystemPackages {

    /** Packages of Debian and Ubuntu. */
    private List<String> apt = List.of();

    /** Packages of Homebrew. */
    private List<String> brew = List.of();

    /** Packages of Chocolatey. */
    private List<String> choco = List.of();

    Map<PackageManager, List<String>> byManager() {
        return Map.of(PackageManager.APT, apt, PackageManager.BREW, brew, PackageManager.CHOCO, choco);
    }
}
