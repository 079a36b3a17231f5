package io.github.traviscompile.mojo;

import io.github.traviscompile.model.PackageManager;
import java.util.List;
import java.util.Map;

/** The parameter {@code systemPackages}, as Maven fills it in. */
public final class SystemPackages {

    /** Of Debian and Ubuntu. */
    private List<String> apt = List.of();

    /** Of Homebrew. */
    private List<String> brew = List.of();

    /** Of Chocolatey. */
    private List<String> choco = List.of();

    Map<PackageManager, List<String>> byManager() {
        return Map.of(PackageManager.APT, apt, PackageManager.BREW, brew, PackageManager.CHOCO, choco);
    }
}
