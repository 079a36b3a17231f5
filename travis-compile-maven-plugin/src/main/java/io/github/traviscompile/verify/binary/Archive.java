package io.github.traviscompile.verify.binary;

import java.util.List;
import java.util.Optional;

/**
 * A static library.
 *
 * @param members without the index and the table of long names
 * @param index the exported names in the archive's index; empty without an index
 */
public record Archive(Flavour flavour, List<Member> members, SymbolNames index) implements Binary {

    /** The convention for the index and for long names. */
    public enum Flavour {
        /** System V's, adopted by GNU. */
        GNU,
        /** BSD's, adopted by Apple. */
        BSD,
        /** Microsoft's, with a second index. */
        MICROSOFT
    }

    /**
     * A file of the archive.
     *
     * @param size in bytes
     * @param object its content, if it is an object file
     */
    public record Member(String name, long size, Optional<Image> object) {}

    public Archive {
        members = List.copyOf(members);
    }

    @Override
    public String format() {
        return "ar archive";
    }

    /** Returns the members that are object files. */
    public List<Image> objects() {
        return members.stream().flatMap(member -> member.object().stream()).toList();
    }
}
