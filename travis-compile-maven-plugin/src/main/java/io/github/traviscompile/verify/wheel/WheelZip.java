package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.verify.gate.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The zip of a wheel, open for reading. Its opener closes it. */
final class WheelZip implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final List<ZipMember> members;

    private WheelZip(FileChannel channel, List<ZipMember> members) {
        this.channel = channel;
        this.members = members;
    }

    /** @throws InvalidWheelException if installers could read the zip differently, or it is none */
    static WheelZip open(Path file, ZipBounds bounds) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new WheelZip(channel, new ZipDirectory(channel, bounds).read());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the members in the order of the file. */
    List<ZipMember> members() {
        return members;
    }

    /** Reads a small file into memory. */
    byte[] content(ZipMember member, int most) throws IOException {
        if (member.size() > most) {
            throw new InvalidWheelException("no wheel: its " + SafeText.quoted(member.name()) + " takes "
                    + member.size() + " bytes, more than " + most);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy(member, out);
        return out.toByteArray();
    }

    /** Unpacks a file, in constant memory and up to its listed size. */
    void copy(ZipMember member, OutputStream out) throws IOException {
        CRC32 crc = new CRC32();
        long written = member.deflated() ? inflate(member, crc, out) : store(member, crc, out);
        if (written != member.size() || crc.getValue() != member.crc()) {
            throw damaged(member, "its content does not match its checksum");
        }
    }

    private long store(ZipMember member, CRC32 crc, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (long done = 0; done < member.compressed(); ) {
            int count = read(member, done, buffer);
            crc.update(buffer, 0, count);
            out.write(buffer, 0, count);
            done += count;
        }
        return member.compressed();
    }

    private long inflate(ZipMember member, CRC32 crc, OutputStream out) throws IOException {
        byte[] packed = new byte[BUFFER_BYTES];
        byte[] buffer = new byte[BUFFER_BYTES];
        Inflater inflater = new Inflater(true);
        try {
            long done = 0;
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    if (done == member.compressed()) {
                        throw damaged(member, "it ends too early");
                    }
                    int count = read(member, done, packed);
                    inflater.setInput(packed, 0, count);
                    done += count;
                }
                int count = inflater.inflate(buffer);
                if (inflater.getBytesWritten() > member.size() || inflater.needsDictionary()) {
                    throw damaged(member, "it is larger than it says");
                }
                crc.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
            if (inflater.getBytesRead() != member.compressed()) {
                throw damaged(member, "bytes follow its content");
            }
            return inflater.getBytesWritten();
        } catch (DataFormatException e) {
            throw damaged(member, "it cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    private int read(ZipMember member, long done, byte[] buffer) throws IOException {
        int most = (int) Math.min(buffer.length, member.compressed() - done);
        int count = channel.read(ByteBuffer.wrap(buffer, 0, most), member.at() + done);
        if (count <= 0) {
            throw damaged(member, "the wheel became shorter while it was read");
        }
        return count;
    }

    private static InvalidWheelException damaged(ZipMember member, String why) {
        return new InvalidWheelException("not a valid zip file: in " + SafeText.quoted(member.name()) + ", " + why);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
