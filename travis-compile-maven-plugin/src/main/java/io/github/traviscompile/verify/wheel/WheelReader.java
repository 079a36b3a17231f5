package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import io.github.traviscompile.verify.gate.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a wheel file by file and compares it with its metadata. */
final class WheelReader {

    private static final int MOST_TEXT = 16 << 20;
    private static final String LIBRARY = ".*\\.(so|pyd|dll|dylib|exe)|.*\\.so\\.[0-9.]+";

    /** The first bytes of ELF files and of Mach-O files of any byte order and width ({@code mach-o/loader.h}). */
    private static final Set<Integer> MAGIC = Set.of(0x7f454c46, 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe);

    private final WheelZip zip;
    private final WheelName name;
    private final WheelFindings findings;

    private WheelReader(WheelZip zip, WheelName name, WheelFindings findings) {
        this.zip = zip;
        this.name = name;
        this.findings = findings;
    }

    /**
     * Reads {@code file}; adds contradictions to {@code findings}.
     *
     * @return empty, with findings, if it is unsafe to unpack or has no metadata
     * @throws InvalidWheelException if it is damaged
     */
    static Optional<Wheel> read(Path file, WheelName name, Optional<WheelProject> project, WheelFindings findings)
            throws IOException {
        try (WheelZip zip = WheelZip.open(file, ZipBounds.DEFAULT)) {
            return MemberCheck.check(zip.members(), findings)
                    ? new WheelReader(zip, name, findings).read(project)
                    : Optional.empty();
        }
    }

    private Optional<Wheel> read(Optional<WheelProject> project) throws IOException {
        Optional<String> folder = distInfo();
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> record = content(folder.get(), "RECORD");
        Optional<byte[]> metadata = content(folder.get(), "METADATA");
        Optional<byte[]> wheel = content(folder.get(), "WHEEL");
        List<WheelBinary> binaries = files(
                new RecordCheck(
                        folder.get() + "/RECORD",
                        record.isPresent() ? RecordFile.read("RECORD", record.get()) : new RecordFile(List.of()),
                        findings),
                record.isPresent());
        MetadataCheck check = new MetadataCheck(name, project, findings);
        if (metadata.isPresent()) {
            check.metadata(HeaderFields.read("METADATA", metadata.get()));
        }
        if (wheel.isPresent()) {
            check.wheel(HeaderFields.read("WHEEL", wheel.get()), !binaries.isEmpty());
        }
        List<String> files = zip.members().stream()
                .filter(member -> !member.isFolder())
                .map(ZipMember::name)
                .toList();
        return Optional.of(new Wheel(name, folder.get(), binaries, files));
    }

    /** Returns the single folder of metadata; its normalised name must be the wheel's (PEP 427). */
    private Optional<String> distInfo() {
        List<String> folders = zip.members().stream()
                .map(member -> member.name().replaceFirst("/.*", ""))
                .filter(folder -> folder.endsWith(".dist-info"))
                .distinct()
                .toList();
        String remedy = " Build it again, and do not rename wheels.";
        if (folders.size() != 1) {
            findings.error((folders.isEmpty() ? "has no folder" : "has the folders " + SafeText.quoted(folders))
                    + " of metadata, but every wheel has one, here '" + name.distInfo() + "'." + remedy);
            return Optional.empty();
        }
        String folder = folders.get(0);
        int hyphen = folder.indexOf('-');
        boolean same = hyphen > 0
                && new ProjectName(folder.substring(0, hyphen)).isSame(name.project())
                && ProjectVersion.parse(folder.substring(hyphen + 1, folder.length() - ".dist-info".length())
                                .replace('_', '-'))
                        .equals(name.release());
        if (!same) {
            findings.error("keeps its metadata in " + SafeText.quoted(folder) + " instead of '" + name.distInfo()
                    + "', which its name stands for." + remedy);
        }
        return Optional.of(folder);
    }

    private Optional<byte[]> content(String folder, String file) throws IOException {
        for (ZipMember member : zip.members()) {
            if (member.name().equals(folder + "/" + file)) {
                return Optional.of(zip.content(member, MOST_TEXT));
            }
        }
        findings.error(
                "has no file " + file + " in " + SafeText.quoted(folder) + ", which every wheel has. Build it again.");
        return Optional.empty();
    }

    private List<WheelBinary> files(RecordCheck record, boolean hasRecord) throws IOException {
        List<WheelBinary> binaries = new ArrayList<>();
        Path unpacked = Files.createTempFile("travis-compile-wheel", ".file");
        try {
            for (ZipMember member : zip.members()) {
                if (member.isFolder()) {
                    continue;
                }
                MessageDigest digest = record.digest(member.name());
                try (OutputStream out = new DigestOutputStream(Files.newOutputStream(unpacked), digest)) {
                    zip.copy(member, out);
                }
                record.file(member, digest);
                binary(member, unpacked).ifPresent(binaries::add);
            }
        } finally {
            Files.deleteIfExists(unpacked);
        }
        if (hasRecord) {
            record.end();
        }
        return binaries;
    }

    private Optional<WheelBinary> binary(ZipMember member, Path unpacked) throws IOException {
        if (!member.name().matches(LIBRARY) && !MAGIC.contains(start(unpacked))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new WheelBinary(member.name(), Binary.read(unpacked)));
        } catch (InvalidBinaryException e) {
            findings.error("holds " + SafeText.quoted(member.name()) + ", which is " + SafeText.shown(e.getMessage())
                    + ". It is damaged, or not a compiler's output: build it again.");
            return Optional.empty();
        }
    }

    private static int start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(4);
            return bytes.length == 4 ? ByteBuffer.wrap(bytes).getInt() : 0;
        }
    }
}
