package io.github.traviscompile.verify.binary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Static libraries of each flavour, assembled without tools from small libraries of the corpus. */
final class HandmadeArchives {

    private static final int HEADER = 60;

    private HandmadeArchives() {}

    static List<Sample> all() throws IOException {
        byte[] elf = Corpus.named("Linux/x86/libjlinenative.so").bytes();
        byte[] machO = Corpus.named("Mac/arm64/libjlinenative.jnilib").bytes();
        return List.of(
                gnu("a_name_that_is_too_long_for_its_field.o", elf),
                bsd("a_name_that_is_too_long_for_its_field.o", machO),
                microsoft(importMember()),
                universal(
                        machO, Corpus.named("Mac/x86_64/libjlinenative.jnilib").bytes()));
    }

    private static Sample gnu(String name, byte[] object) throws IOException {
        byte[] names = pad((name + "/\n").getBytes(ISO_8859_1));
        byte[] symbols = "first\0second\0".getBytes(ISO_8859_1);
        int at = 8 + HEADER + 12 + pad(symbols).length + HEADER + names.length;
        byte[] index = ints(ByteOrder.BIG_ENDIAN, 2, at, at);
        return archive("gnu.a", member("/", index, pad(symbols)), member("//", names), member("/0", object));
    }

    private static Sample bsd(String name, byte[] object) throws IOException {
        byte[] symbols = "_first\0_second\0\0".getBytes(ISO_8859_1);
        byte[] longName = Arrays.copyOf(name.getBytes(ISO_8859_1), 40);
        byte[] indexName = "__.SYMDEF SORTED\0\0\0\0".getBytes(ISO_8859_1);
        int at = 8 + HEADER + indexName.length + 24 + symbols.length;
        byte[] index = ints(ByteOrder.LITTLE_ENDIAN, 16, 0, at, 7, at, symbols.length);
        return archive("bsd.a", member("#1/20", indexName, index, symbols), member("#1/40", longName, object));
    }

    private static Sample microsoft(byte[] object) throws IOException {
        byte[] symbols = pad("_first\0".getBytes(ISO_8859_1));
        int at = 8 + HEADER + 8 + symbols.length + HEADER + 14 + symbols.length;
        byte[] first = ints(ByteOrder.BIG_ENDIAN, 1, at);
        byte[] second = ByteBuffer.allocate(14)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .putInt(at)
                .putInt(1)
                .putShort((short) 1)
                .array();
        return archive(
                "microsoft.lib",
                member("/", first, symbols),
                member("/", second, symbols),
                member("some.dll/", object));
    }

    /** Returns the import of {@code first} of some.dll (Microsoft's PE Format, "Import Library Format"). */
    private static byte[] importMember() {
        byte[] names = "_first\0some.dll\0".getBytes(ISO_8859_1);
        return ByteBuffer.allocate(20 + names.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0)
                .putShort((short) 0xffff)
                .putShort((short) 0)
                .putShort((short) 0x014c)
                .putInt(0)
                .putInt(names.length)
                .putInt(0)
                .put(names)
                .array();
    }

    /** Returns a file with the wide header, which no tool writes for small files. */
    private static Sample universal(byte[] arm, byte[] x86) {
        int begin = 0x4000;
        int second = begin + (arm.length + begin - 1) / begin * begin;
        ByteBuffer file = ByteBuffer.allocate(second + x86.length);
        file.putInt(0xcafe_babf).putInt(2);
        file.putInt(0x0100_000c)
                .putInt(0)
                .putLong(begin)
                .putLong(arm.length)
                .putInt(14)
                .putInt(0);
        file.putInt(0x0100_0007)
                .putInt(3)
                .putLong(second)
                .putLong(x86.length)
                .putInt(14)
                .putInt(0);
        file.position(begin).put(arm).position(second).put(x86);
        return new Sample("universal.dylib", file.array());
    }

    private static Sample archive(String name, byte[]... members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("!<arch>\n".getBytes(ISO_8859_1));
        for (byte[] member : members) {
            bytes.write(pad(member));
        }
        return new Sample(name, bytes.toByteArray());
    }

    private static byte[] member(String name, byte[]... parts) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.write(part);
        }
        String header =
                String.format(Locale.ROOT, "%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, 0, 0, 0, "644", content.size());
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        member.write(header.getBytes(ISO_8859_1));
        member.write(content.toByteArray());
        return member.toByteArray();
    }

    private static byte[] ints(ByteOrder order, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(order);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    private static byte[] pad(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
    }
}
