package io.github.traviscompile.verify.binary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.BytesChannel;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import io.github.traviscompile.verify.bytes.StringTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables that would exhaust a reader's memory or time, and files that only resemble binaries. */
class HostileTablesTest {

    @Test
    void manySymbolsWithOneLongNameAreRefusedBeforeTheyFillTheMemory() throws Exception {
        byte[] bytes = new byte[64 << 10];
        Arrays.fill(bytes, 0, bytes.length - 1, (byte) 'a');
        StringTable names = new StringTable(source(bytes), 0, bytes.length);
        long[] all = new long[4000];
        assertThatThrownBy(() -> names.texts(all))
                .isInstanceOf(InvalidBinaryException.class)
                .hasMessageContaining("more than 134217728 bytes");
        long[] ends = LongStream.range(0, 4000).toArray();
        assertThatThrownBy(() -> names.texts(ends)).isInstanceOf(InvalidBinaryException.class);
    }

    @Test
    void namesAreReadOnceWhateverTheirOrder() throws Exception {
        byte[] bytes = new byte[1 << 20];
        Arrays.fill(bytes, (byte) 'a');
        long[] places = LongStream.range(1, 1 << 10)
                .map(i -> (((1 << 10) - i) << 10) + 1)
                .toArray();
        for (long place : places) {
            bytes[(int) place - 1] = 0;
            bytes[(int) place + 9] = 0;
        }
        BytesChannel channel = new BytesChannel(bytes);
        assertThat(new StringTable(BoundedFile.of(channel), 0, bytes.length).texts(places))
                .hasSize(places.length)
                .containsOnly("aaaaaaaaa");
        assertThat(channel.bytesRead()).isLessThanOrEqualTo(bytes.length * 5L / 4);
    }

    @Test
    void aTrieWithACycleIsRefused() throws Exception {
        assertThatThrownBy(() -> trie(0, 1, 'a', 0, 0)).hasMessageContaining("in a cycle");
    }

    /** Shared branches make 2^n names of n nodes. */
    @Test
    void aTrieWhoseBranchesMeetAgainIsRefused() {
        assertThatThrownBy(() -> trie(0, 2, 'a', 0, 8, 'b', 0, 8, 2, 0, 0, 0))
                .isInstanceOf(InvalidBinaryException.class)
                .hasMessageContaining("in a cycle");
    }

    @Test
    void aTrieMayHaveBranchesAndNamesThatGoOn() throws Exception {
        assertThat(trie(0, 2, 'a', 0, 8, 'b', 0, 12, 2, 0, 0, 0, 2, 0, 0, 1, 'c', 0, 19, 2, 0, 0, 0))
                .containsExactlyInAnyOrder("a", "b", "bc");
    }

    /** Each node has the greatest length and one branch, so the names are many times as large as the trie. */
    @Test
    void aTrieOfLongNamesIsRefusedBeforeTheyFillTheMemory() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int length = 2000;
        for (int i = 0; i < 400; i++) {
            int next = (i + 1) * (length + 6);
            bytes.write(new byte[] {0, 1});
            bytes.write("a".repeat(length).getBytes(ISO_8859_1));
            bytes.write(new byte[] {0, (byte) (next | 0x80), (byte) ((next >> 7) | 0x80), (byte) (next >> 14)});
        }
        bytes.write(new byte[] {0, 0});
        byte[] all = bytes.toByteArray();
        assertThatThrownBy(() -> new ExportTrie(source(all).block(0, all.length, "the trie")).names())
                .isInstanceOf(InvalidBinaryException.class)
                .hasMessageContaining("longer than 65536 bytes");
    }

    @Test
    void anIndexOfOverlappingNamesIsRefusedBeforeTheyFillTheMemory() throws Exception {
        int symbols = 5000;
        byte[] index = new byte[8 + 8 * symbols + (64 << 10)];
        Arrays.fill(index, 8 + 8 * symbols, index.length - 1, (byte) 'a');
        index[1] = (byte) ((8 * symbols) >> 16);
        index[2] = (byte) ((8 * symbols) >> 8);
        index[3] = (byte) (8 * symbols);
        BoundedBytes block = source(index).block(0, index.length, "the index");
        assertThatThrownBy(() -> ArchiveIndex.ofBsd(index.length, block.reversed(), 4))
                .isInstanceOf(InvalidBinaryException.class);
    }

    /** Each member of a hundred bytes could keep the whole name. */
    @Test
    void manyMembersWithOneLongNameAreRefusedBeforeTheyFillTheMemory() throws Exception {
        StringBuilder archive = new StringBuilder("!<arch>\n");
        archive.append(member("//", 60_000)).append("a".repeat(59_998)).append("/\n");
        for (int i = 0; i < 3000; i++) {
            archive.append(member("/0", 0));
        }
        assertThatThrownBy(() -> read(archive.toString()))
                .isInstanceOf(InvalidBinaryException.class)
                .hasMessageContaining("its names take more than 134217728 bytes");
    }

    private static String member(String name, int size) {
        return String.format(Locale.ROOT, "%-16s%-12s%-6s%-6s%-8s%-10d`\n", name, 0, 0, 0, 644, size);
    }

    /** Scanning every section for each name would take minutes. */
    @Test
    @Timeout(20)
    void manySectionsAndManyExportsTakeLinearTime() throws Exception {
        int sections = 65_535;
        int names = 1 << 19;
        int table = 64 + 24 + 240;
        int exports = table + 40 * sections;
        int addresses = exports + 40;
        ByteBuffer file = ByteBuffer.allocate(addresses + 4 * names + 16).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, (byte) 'M').put(1, (byte) 'Z').putInt(60, 64);
        file.putInt(64, 0x4550)
                .putShort(68, (short) 0x8664)
                .putShort(70, (short) sections)
                .putShort(84, (short) 240)
                .putShort(86, (short) 0x2022);
        file.putShort(88, (short) 0x20b)
                .putInt(88 + 60, file.capacity())
                .putShort(88 + 68, (short) 3)
                .putInt(88 + 108, 16)
                .putInt(88 + 112, exports);
        for (int i = 0; i < sections; i++) {
            int at = table + 40 * i;
            file.putInt(at + 12, 0x4000_0000 + i).putInt(at + 16, 1).putInt(at + 20, 1);
        }
        file.putInt(exports + 24, names).putInt(exports + 32, addresses);
        for (int i = 0; i < names; i++) {
            file.putInt(addresses + 4 * i, addresses + 4 * names);
        }
        file.put(addresses + 4 * names, (byte) 'f');
        Pe pe = (Pe) Binary.read(new BytesChannel(file.array()));
        assertThat(pe.exports().spelt()).containsExactly("f");
    }

    @Test
    void otherFilesAreNamedInTheMessage() {
        assertThatThrownBy(() -> read("")).hasMessage("not a valid binary: it is empty, at offset 0");
        assertThatThrownBy(() -> read("#!/bin/sh\n")).hasMessageContaining("none of the known marks but with 23 21 2f");
        assertThatThrownBy(() -> read("\u00ca\u00fe\u00ba\u00be\0\0\0A")).hasMessageContaining("it is a Java class");
        assertThatThrownBy(() -> read("\0asm\1\0\0\0")).hasMessageContaining("it is WebAssembly");
        assertThatThrownBy(() -> read("PK\3\4")).hasMessageContaining("it is a zip archive");
        assertThatThrownBy(() -> read("Microsoft C/C++ MSF 7.00")).hasMessageContaining("(PDB)");
        assertThatThrownBy(() -> read("MZ" + "\0".repeat(62))).hasMessageContaining("PE file");
        assertThatThrownBy(() -> read("!<thin>\n")).isInstanceOf(InvalidBinaryException.class);
        assertThatThrownBy(() -> read("\u00ca\u00fe\u00ba\u00be\0\0\0\0")).hasMessageContaining("0 slices");
    }

    @Test
    void aJavaClassOfTheRunningProgramIsNoUniversalFile() throws Exception {
        try (InputStream in = HostileTablesTest.class.getResourceAsStream("HostileTablesTest.class")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            assertThatThrownBy(() -> Binary.read(new BytesChannel(bytes))).hasMessageContaining("it is a Java class");
        }
    }

    private static List<String> trie(int... bytes) throws IOException {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return new ExportTrie(source(all).block(0, all.length, "the trie")).names();
    }

    private static BoundedFile source(byte[] bytes) throws IOException {
        return BoundedFile.of(new BytesChannel(bytes));
    }

    private static Binary read(String latin1) throws IOException {
        return Binary.read(new BytesChannel(latin1.getBytes(ISO_8859_1)));
    }
}
