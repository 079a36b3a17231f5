package io.github.traviscompile.verify.binary;

import java.util.List;
import java.util.Optional;

/**
 * A static library.
 *
 * @param members without the index and the table of long names
 * @param index the names that it gives to others, as its index has them; empty where it has no index
 */
public record Archive(Flavour flavour, List<Member> members, SymbolNames index) implements Binary {

    /** Who invented how the index and long names are kept. */
    public enum Flavour {
        /** System V's, which GNU took up. */
        GNU,
        /** BSD's, which Apple took up. */
        BSD,
        /** Microsoft's, with a second index. */
        MICROSOFT
    }

    /**
     * A file in it.
     *
     * @param size in bytes
     * @param object what it is, unless it is no object file
     */
    public record Member(String name, long size, Optional<Image> object) {}

    public Archive {
        members = List.copyOf(members);
    }

    @Override
    public String format() {
        return "ar archive";
    }

    /** The members that are object files. */
    public List<Image> objects() {
        return members.stream().flatMap(member -> member.object().stream()).toList();
    }
}
