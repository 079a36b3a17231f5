package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.verify.binary.Archive.Flavour;
import io.github.traviscompile.verify.binary.Archive.Member;
import io.github.traviscompile.verify.binary.SymbolNames.Decoration;
import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a static library ({@code ar(5)}; Microsoft's PE Format, "Archive (Library) File Format"). */
final class ArchiveReader {

    private static final String MAGIC = "!<arch>\n";
    private static final String THIN = "!<thin>\n";
    private static final int HEADER = 60;
    private static final int LONGEST_NAME = 64 << 10;
    private static final int MOST_MEMBERS = 1 << 17;

    private final BoundedFile source;
    private final List<Member> members = new ArrayList<>();
    private Flavour flavour = Flavour.GNU;
    private Optional<BoundedBytes> longNames = Optional.empty();
    private Optional<ArchiveIndex> index = Optional.empty();

    ArchiveReader(BoundedFile file) {
        this.source = file.as("ar archive", ByteOrder.BIG_ENDIAN);
    }

    static boolean begins(BoundedBytes start) throws InvalidBinaryException {
        return start.length() >= 8
                && (start.text(0, 8).equals(MAGIC) || start.text(0, 8).equals(THIN));
    }

    Archive read() throws IOException {
        if (source.block(0, 8, "the magic number").text(0, 8).equals(THIN)) {
            throw source.invalid(0, "it only names its members, which are separate files");
        }
        long at = MAGIC.length();
        while (at < source.size()) {
            BoundedBytes header = source.block(at, HEADER, "the header of a member");
            if (!header.text(58, 2).equals("`\n")) {
                throw header.invalid(58, "the header of a member has a wrong end");
            }
            long size = number(header, 48, 10);
            BoundedFile content = source.part(at + HEADER, size, "a member");
            member(header.text(0, 16).stripTrailing(), content);
            if (members.size() > MOST_MEMBERS) {
                throw header.invalid(0, "it has more than " + MOST_MEMBERS + " members");
            }
            at += HEADER + size + size % 2;
        }
        return new Archive(
                flavour,
                members,
                new SymbolNames(decoration(), index.map(ArchiveIndex::names).orElse(List.of())));
    }

    /**
     * Reads a member. The names of an index and of a table of long names begin with a slash, or in BSD's flavour with
     * {@code __.SYMDEF}.
     */
    private void member(String field, BoundedFile content) throws IOException {
        switch (field) {
            case "/" -> {
                if (index.isPresent()) {
                    flavour = Flavour.MICROSOFT;
                } else {
                    index = Optional.of(ArchiveIndex.ofGnu(source.size(), all(content), 4));
                }
            }
            case "/SYM64/" -> index = Optional.of(ArchiveIndex.ofGnu(source.size(), all(content), 8));
            case "//" -> longNames = Optional.of(all(content));
            // Indexes that only Microsoft's linker uses.
            case "/<ECSYMBOLS>/", "/<XFGHASHMAP>/", "/<HYBRIDMAP>/" -> {}
            default -> file(field, content);
        }
    }

    private void file(String field, BoundedFile content) throws IOException {
        String name = field;
        BoundedFile file = content;
        if (field.startsWith("#1/")) {
            flavour = Flavour.BSD;
            long length = number(field.substring(3), content);
            if (length > LONGEST_NAME) {
                throw content.invalid(0, "the name of a member takes " + length + " bytes");
            }
            name = content.block(0, length, "the name of a member").padded(0, length);
            file = content.part(length, content.size() - length, "a member");
        } else if (field.matches("/[0-9]+")) {
            name = longName(number(field.substring(1), content), content);
        } else if (field.endsWith("/")) {
            name = field.substring(0, field.length() - 1);
        }
        if (members.isEmpty() && name.startsWith("__.SYMDEF")) {
            flavour = Flavour.BSD;
            index = Optional.of(ArchiveIndex.ofBsd(source.size(), all(file), name.startsWith("__.SYMDEF_64") ? 8 : 4));
            return;
        }
        members.add(new Member(name, file.size(), object(file)));
    }

    /** Returns a long name, which GNU ends with a slash and a line feed, Microsoft with a zero. */
    private String longName(long at, BoundedFile content) throws InvalidBinaryException {
        if (longNames.isEmpty()) {
            throw content.invalid(0, "a member has a long name, but there is no table of long names");
        }
        BoundedBytes names = longNames.get();
        for (long end = at; end < Math.min(names.length(), at + LONGEST_NAME); end++) {
            if (names.u8(end) == 0 || names.u8(end) == '\n') {
                String name = names.text(at, end - at);
                return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            }
        }
        throw names.invalid(Math.min(at, names.length()), "the name of a member has no end");
    }

    private static Optional<Image> object(BoundedFile file) throws IOException {
        BoundedBytes start = file.upTo(0, 8, "a member");
        if (ElfReader.begins(start)) {
            return Optional.of(new ElfReader(file).read());
        }
        if (MachOReader.begins(start)) {
            return Optional.of(new MachOReader(file).read());
        }
        return new CoffReader(file).read();
    }

    /** Returns the decoration of the objects' names, which the index uses too. */
    private Decoration decoration() {
        Optional<Image> first =
                members.stream().flatMap(m -> m.object().stream()).findFirst();
        if (first.filter(image -> image instanceof MachO).isPresent()) {
            return Decoration.UNDERSCORE;
        }
        return first.filter(image -> image instanceof CoffObject && image.cpu() == Cpu.X86_32)
                        .isPresent()
                ? Decoration.STDCALL
                : Decoration.NONE;
    }

    private static BoundedBytes all(BoundedFile content) throws IOException {
        return content.block(0, content.size(), "an index");
    }

    private static long number(BoundedBytes header, int at, int length) throws InvalidBinaryException {
        String digits = header.text(at, length).strip();
        if (!digits.matches("[0-9]{1,10}")) {
            throw header.invalid(at, "the size of a member is not a number");
        }
        return Long.parseLong(digits);
    }

    private static long number(String digits, BoundedFile content) throws InvalidBinaryException {
        if (!digits.matches("[0-9]{1,13}")) {
            throw content.invalid(0, "the length of a member's name is not a number");
        }
        return Long.parseLong(digits);
    }
}
