package io.github.traviscompile.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tables that would cost a reader its memory or its time, and files that only look like binaries. */
class HostileTablesTest {

    @Test
    void manySymbolsWithOneLongNameAreRefusedBeforeTheyFillTheMemory() throws Exception {
        byte[] bytes = new byte[64 << 10];
        Arrays.fill(bytes, 0, bytes.length - 1, (byte) 'a');
        StringTable names = new StringTable(source(bytes), 0, bytes.length);
        long[] all = new long[2000];
        assertThatThrownBy(() -> names.texts(all))
                .isInstanceOf(InvalidBinaryException.class)
                .hasMessageContaining("more than 67108864 bytes");
        long[] ends = LongStream.range(0, 2000).toArray();
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
        assertThat(new StringTable(Source.of(channel), 0, bytes.length).texts(places))
                .hasSize(places.length)
                .containsOnly("aaaaaaaaa");
        assertThat(channel.bytesRead()).isLessThanOrEqualTo(bytes.length * 5L / 4);
    }

    @Test
    void aTrieThatIsACircleIsRefused() throws Exception {
        assertThatThrownBy(() -> trie(0, 1, 'a', 0, 0)).hasMessageContaining("in a circle");
    }

    /** Shared branches make 2^n names of n nodes. */
    @Test
    void aTrieWhoseBranchesMeetAgainIsRefused() {
        assertThatThrownBy(() -> trie(0, 2, 'a', 0, 8, 'b', 0, 8, 2, 0, 0, 0))
                .isInstanceOf(InvalidBinaryException.class)
                .hasMessageContaining("in a circle");
    }

    @Test
    void aTrieMayHaveBranchesAndNamesThatGoOn() throws Exception {
        assertThat(trie(0, 2, 'a', 0, 8, 'b', 0, 12, 2, 0, 0, 0, 2, 0, 0, 1, 'c', 0, 19, 2, 0, 0, 0))
                .containsExactlyInAnyOrder("a", "b", "bc");
    }

    /** Each node is as long as can be and has one branch: the names are many times the trie. */
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
        int symbols = 3000;
        byte[] index = new byte[8 + 8 * symbols + (64 << 10)];
        Arrays.fill(index, 8 + 8 * symbols, index.length - 1, (byte) 'a');
        index[1] = (byte) ((8 * symbols) >> 16);
        index[2] = (byte) ((8 * symbols) >> 8);
        index[3] = (byte) (8 * symbols);
        Block block = source(index).block(0, index.length, "the index");
        assertThatThrownBy(() -> ArchiveIndex.ofBsd(index.length, block.reversed(), 4))
                .isInstanceOf(InvalidBinaryException.class);
    }

    @Test
    void whatIsNoBinaryIsCalledWhatItIs() {
        assertThatThrownBy(() -> read("")).hasMessage("not a valid binary: it is empty, at offset 0");
        assertThatThrownBy(() -> read("#!/bin/sh\n")).hasMessageContaining("none of the known marks but with 23 21 2f");
        assertThatThrownBy(() -> read("\u00ca\u00fe\u00ba\u00be\0\0\0A")).hasMessageContaining("it is a Java class");
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

    private static Source source(byte[] bytes) throws IOException {
        return Source.of(new BytesChannel(bytes));
    }

    private static Binary read(String latin1) throws IOException {
        return Binary.read(new BytesChannel(latin1.getBytes(ISO_8859_1)));
    }
}
