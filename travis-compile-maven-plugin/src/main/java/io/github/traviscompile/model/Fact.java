package io.github.traviscompile.model;

/** One row of a table about a file, for example {@code glibc} and {@code 2.17}. */
public record Fact(String name, String value) {}
