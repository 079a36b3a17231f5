package io.github.traviscompile.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The syntax of the parameter {@code platforms}: classifiers, Rust triples and presets. */
public final class PlatformSelection {

    /** The four of 2016: Linux and OSX, 64 and 32 bit. */
    private static final List<Platform> CLASSIC =
            List.of(Platform.LINUX_X86_64, Platform.LINUX_X86_32, Platform.OSX_X86_64, Platform.OSX_X86_32);

    /** Both current architectures of the three systems. */
    private static final List<Platform> MODERN = List.of(
            Platform.LINUX_X86_64,
            Platform.LINUX_AARCH_64,
            Platform.OSX_X86_64,
            Platform.OSX_AARCH_64,
            Platform.WINDOWS_X86_64,
            Platform.WINDOWS_AARCH_64);

    private static final Map<String, List<Platform>> PRESETS = Map.of("classic", CLASSIC, "modern", MODERN);

    private PlatformSelection() {}

    /** Returns the platforms that {@code words} name, each once, in the order of their first mention. */
    public static List<Platform> parse(List<String> words) throws ActionNeededException {
        Set<Platform> selected = new LinkedHashSet<>();
        for (String word : words) {
            selected.addAll(platformsOf(word.strip()));
        }
        return List.copyOf(selected);
    }

    private static List<Platform> platformsOf(String word) throws ActionNeededException {
        Optional<Platform> single = Platform.ofId(word).or(() -> Platform.ofTriple(word));
        if (single.isPresent()) {
            return List.of(single.get());
        }
        List<Platform> preset = PRESETS.get(word);
        if (preset != null) {
            return preset;
        }
        throw new ActionNeededException("The platform '" + word + "' in " + Parameter.PLATFORMS + " is"
                + " neither a platform, nor the Rust target of one, nor a preset. "
                + Suggestion.of(word, knownFor(word)));
    }

    /**
     * Returns all ids and presets. Gives triples instead of ids for a word that looks like one, since two names of each
     * platform confuse.
     */
    private static List<String> knownFor(String word) {
        List<String> known = new ArrayList<>(PRESETS.keySet());
        boolean looksLikeTriple = Stream.of("-unknown-", "-pc-", "-apple-").anyMatch(word::contains);
        Arrays.stream(Platform.values())
                .map(p -> looksLikeTriple ? p.target().triple() : p.id())
                .forEach(known::add);
        return known;
    }
}
