package io.github.traviscompile.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A version of numbers and dots, such as {@code 2.17} or {@code 10.13}; {@code 2.4} is below {@code 2.17}. */
public record Version(List<Integer> numbers) implements Comparable<Version> {

    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){0,5}");

    public Version {
        numbers = List.copyOf(numbers);
        if (numbers.isEmpty() || numbers.stream().anyMatch(number -> number < 0)) {
            throw new IllegalArgumentException("Not a version: " + numbers + ".");
        }
    }

    /** Parses {@code text}; empty if it is not a version. */
    public static Optional<Version> parse(String text) {
        return NUMBERS.matcher(text).matches()
                ? Optional.of(new Version(
                        Stream.of(text.split("\\.")).map(Integer::valueOf).toList()))
                : Optional.empty();
    }

    /** Counts missing numbers as zero, so that {@code 11} and {@code 11.0} compare as equal. */
    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int order = Integer.compare(number(i), other.number(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int number(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }

    @Override
    public String toString() {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining("."));
    }
}
