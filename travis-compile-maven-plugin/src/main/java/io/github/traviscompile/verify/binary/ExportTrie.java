package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import io.github.traviscompile.verify.bytes.StringTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * The exported names of a Mach-O file, as a tree whose branches carry letters ({@code mach-o/loader.h}, the comment on
 * {@code dyld_info_command}, and {@code mach-o/nlist.h}).
 */
final class ExportTrie {

    private static final int LONGEST_NAME = 64 << 10;

    private final BoundedBytes bytes;
    private final BitSet seen = new BitSet();
    private final Deque<Node> open = new ArrayDeque<>();
    private final List<String> names = new ArrayList<>();
    private long at;

    ExportTrie(BoundedBytes bytes) {
        this.bytes = bytes;
    }

    /** Reads all names. Each node is visited once; reaching it again would be a cycle, which no tree has. */
    List<String> names() throws InvalidBinaryException {
        if (bytes.length() > 0) {
            visit("", 0);
        }
        while (!open.isEmpty()) {
            Node node = open.removeLast();
            at = node.at;
            long information = number();
            if (information > bytes.length()) {
                throw bytes.invalid(node.at, "a node of the trie of exported names takes " + information + " bytes");
            }
            if (information > 0) {
                add(node.name);
            }
            at += information;
            int children = bytes.u8(at++);
            for (int i = 0; i < children; i++) {
                String letters = bytes.text(at, "a branch of the trie of exported names");
                at = bytes.zero(at) + 1L;
                visit(node.name + letters, number());
            }
        }
        return names;
    }

    private void visit(String name, long offset) throws InvalidBinaryException {
        if (offset < 0 || offset >= bytes.length() || seen.get((int) offset)) {
            throw bytes.invalid(
                    Math.min(at, bytes.length()),
                    "a branch of the trie of exported names leads to " + offset + ", after its end or in a cycle");
        }
        if (name.length() > LONGEST_NAME) {
            throw bytes.invalid(at, "an exported name is longer than " + LONGEST_NAME + " bytes");
        }
        seen.set((int) offset);
        bytes.keep(offset, name.length());
        open.addLast(new Node(name, offset));
    }

    private void add(String name) throws InvalidBinaryException {
        if (names.size() >= StringTable.MAX_NAMES) {
            throw bytes.invalid(at, "it exports more than the " + StringTable.MAX_NAMES + " names that are read");
        }
        names.add(name);
    }

    /** Reads an unsigned number in groups of seven bits, the lowest first (ULEB128). */
    private long number() throws InvalidBinaryException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int group = bytes.u8(at++);
            value |= (long) (group & 0x7f) << shift;
            if (group < 0x80) {
                return value;
            }
        }
        throw bytes.invalid(at, "a number has no end");
    }

    private record Node(String name, long at) {}
}
