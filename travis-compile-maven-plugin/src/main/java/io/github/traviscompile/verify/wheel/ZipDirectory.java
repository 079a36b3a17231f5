package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.verify.gate.SafeText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the two lists of files in a zip, the directory at its end and the header before each file. A zip where they
 * differ is refused, because installers would install different files (PKWARE APPNOTE.TXT 6.3.10, 4.3). Data
 * descriptors, comments and bytes outside files are refused too, as by PyPI, for the same reason.
 */
final class ZipDirectory {

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;

    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;

    private static final int ENCRYPTED = 1;
    private static final int DESCRIPTOR = 1 << 3;
    private static final int STRONGLY_ENCRYPTED = 1 << 6;
    private static final int UTF_8 = 1 << 11;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int UNIX = 3;

    private static final int LARGEST = 64 << 20;

    private final FileChannel channel;
    private final ZipBounds bounds;

    ZipDirectory(FileChannel channel, ZipBounds bounds) {
        this.channel = channel;
        this.bounds = bounds;
    }

    /** A member in the directory, not yet compared with its header. */
    private record Listed(ZipMember member, int flags, long header) {}

    /** Returns the members in the order of the file. */
    List<ZipMember> read() throws IOException {
        long size = channel.size();
        if (size < END_BYTES) {
            throw invalid("it has " + size + " bytes, fewer than the least zip");
        }
        ByteBuffer end = bytes(size - END_BYTES, END_BYTES);
        if (end.getInt(0) != END || u16(end, 20) != 0) {
            throw invalid("it does not end with its directory: it is truncated, or bytes follow");
        }
        int count = u16(end, 10);
        long length = u32(end, 12);
        long start = u32(end, 16);
        if (u16(end, 4) != 0 || u16(end, 6) != 0 || u16(end, 8) != count) {
            throw invalid("it is one of several parts");
        }
        if (count > bounds.members()) {
            throw invalid("it has " + count + " files, more than the " + bounds.members() + " that are read");
        }
        if (start + length != size - END_BYTES || length > LARGEST) {
            throw invalid("its directory is not where its end says, or the zip is of the kind ZIP64");
        }
        List<Listed> listed = directory(bytes(start, (int) length), count);
        bounds.require(
                size, listed.stream().mapToLong(each -> each.member().size()).sum());
        return compared(listed, start);
    }

    private List<Listed> directory(ByteBuffer bytes, int count) throws InvalidWheelException {
        List<Listed> listed = new ArrayList<>();
        int at = 0;
        while (listed.size() < count) {
            if (bytes.limit() - at < CENTRAL_BYTES || bytes.getInt(at) != CENTRAL) {
                throw invalid("its directory has fewer than the " + count + " files it says it has");
            }
            int name = u16(bytes, at + 28);
            int extra = u16(bytes, at + 30);
            if (u16(bytes, at + 32) != 0) {
                throw invalid("a file in it has a comment, and PyPI accepts none");
            }
            if (bytes.limit() - at - CENTRAL_BYTES < name + extra) {
                throw invalid("its directory ends in the middle of a file");
            }
            listed.add(listed(bytes, at, text(bytes, at + CENTRAL_BYTES, name)));
            at += CENTRAL_BYTES + name + extra;
        }
        if (at != bytes.limit()) {
            throw invalid("its directory has more than the " + count + " files it says it has");
        }
        return listed;
    }

    private static Listed listed(ByteBuffer bytes, int at, String name) throws InvalidWheelException {
        int flags = u16(bytes, at + 8);
        int method = u16(bytes, at + 10);
        if ((flags & (ENCRYPTED | STRONGLY_ENCRYPTED)) != 0) {
            throw invalid("the file " + SafeText.quoted(name) + " in it is encrypted");
        }
        if ((flags & DESCRIPTOR) != 0) {
            throw invalid("the size of the file " + SafeText.quoted(name)
                    + " follows it (a data descriptor), and PyPI accepts none");
        }
        if ((flags & UTF_8) == 0 && !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            throw invalid("the name of the file " + SafeText.quoted(name) + " in it is not marked as UTF-8");
        }
        if (method != STORED && method != DEFLATED) {
            throw invalid("the file " + SafeText.quoted(name) + " in it is compressed by the method " + method
                    + ", and installers know 0 and 8 only");
        }
        int mode = u16(bytes, at + 4) >> 8 == UNIX ? u16(bytes, at + 40) : 0;
        ZipMember member = new ZipMember(
                name, method == DEFLATED, u32(bytes, at + 16), u32(bytes, at + 20), u32(bytes, at + 24), 0, mode);
        return new Listed(member, flags, u32(bytes, at + 42));
    }

    /**
     * Compares both lists: each header equals its entry, and each byte before the directory belongs to one header or
     * file.
     */
    private List<ZipMember> compared(List<Listed> listed, long end) throws IOException {
        List<Listed> sorted =
                listed.stream().sorted(Comparator.comparingLong(Listed::header)).toList();
        List<ZipMember> members = new ArrayList<>();
        long at = 0;
        for (Listed each : sorted) {
            ZipMember member = each.member();
            if (each.header() != at) {
                throw invalid("the file " + SafeText.quoted(member.name())
                        + " overlaps another, or bytes before it belong to no file");
            }
            if (end - at < LOCAL_BYTES) {
                throw invalid("the file " + SafeText.quoted(member.name()) + " lies behind its end");
            }
            ByteBuffer header = bytes(at, LOCAL_BYTES);
            int name = u16(header, 26);
            long data = at + LOCAL_BYTES + name + u16(header, 28);
            if (data + member.compressed() > end) {
                throw invalid("the file " + SafeText.quoted(member.name()) + " lies behind its end");
            }
            requireSame(each, header, text(bytes(at + LOCAL_BYTES, name), 0, name));
            members.add(new ZipMember(
                    member.name(),
                    member.deflated(),
                    member.crc(),
                    member.compressed(),
                    member.size(),
                    data,
                    member.mode()));
            at = data + member.compressed();
        }
        if (at != end) {
            throw invalid("it holds bytes before its directory that belong to no file");
        }
        return members;
    }

    private static void requireSame(Listed listed, ByteBuffer header, String name) throws InvalidWheelException {
        ZipMember member = listed.member();
        boolean same = header.getInt(0) == LOCAL
                && u16(header, 6) == listed.flags()
                && u16(header, 8) == (member.deflated() ? DEFLATED : STORED)
                && u32(header, 14) == member.crc()
                && u32(header, 18) == member.compressed()
                && u32(header, 22) == member.size()
                && name.equals(member.name());
        if (!same) {
            throw invalid("the header before a file, " + SafeText.quoted(name)
                    + ", differs from what the directory says of " + SafeText.quoted(member.name()));
        }
    }

    private ByteBuffer bytes(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw invalid("it became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private static String text(ByteBuffer bytes, int at, int length) throws InvalidWheelException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.slice(at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("a file's name is not UTF-8");
        }
    }

    private static int u16(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static long u32(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private static InvalidWheelException invalid(String why) {
        return new InvalidWheelException("not a valid zip file: " + why);
    }
}
