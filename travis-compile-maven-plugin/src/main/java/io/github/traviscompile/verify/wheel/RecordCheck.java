package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.verify.gate.SafeText;
import io.github.traviscompile.verify.wheel.RecordFile.Line;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the files of a wheel against its {@code RECORD}. Every file is listed once, with its size and a digest of
 * SHA-256 or better. Only the record and its signatures need none (PEP 427, "The .dist-info directory").
 */
final class RecordCheck {

    private static final Map<String, String> ALGORITHMS =
            Map.of("sha256", "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");

    private static final String REMEDY =
            " Build it again, and change nothing in it by hand: 'wheel pack' writes RECORD.";

    private final Set<String> without;
    private final Map<String, Line> lines = new HashMap<>();
    private final List<String> unlisted = new ArrayList<>();
    private final WheelFindings findings;

    RecordCheck(String file, RecordFile content, WheelFindings findings) {
        this.without = Set.of(file, file + ".jws", file + ".p7s");
        this.findings = findings;
        for (Line line : content.lines()) {
            if (!MemberCheck.isInside(line.path())) {
                findings.error("lists " + SafeText.quoted(line.path())
                        + " in RECORD, which is outside the wheel; installers would delete it when they uninstall."
                        + REMEDY);
            } else if (lines.put(line.path(), line) != null) {
                findings.error("lists " + SafeText.quoted(line.path()) + " twice in RECORD." + REMEDY);
            }
        }
    }

    /** Returns the digest algorithm of {@code file} in the record. */
    MessageDigest digest(String file) {
        Line line = lines.get(file);
        String algorithm = line == null ? "" : line.digest().replaceFirst("=.*", "");
        try {
            return MessageDigest.getInstance(ALGORITHMS.getOrDefault(algorithm, "SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform lacks SHA-2.", e);
        }
    }

    /** Compares a file with its line; {@code digest} has read the whole file. */
    void file(ZipMember member, MessageDigest digest) {
        String name = member.name();
        Line line = lines.remove(name);
        if (line == null) {
            if (!without.contains(name) || name.endsWith("RECORD")) {
                unlisted.add(name);
            }
            return;
        }
        if (without.contains(name)) {
            return;
        }
        int equals = line.digest().indexOf('=');
        if (equals < 0 || !ALGORITHMS.containsKey(line.digest().substring(0, equals))) {
            findings.error("has no digest of " + SafeText.quoted(name) + " in RECORD, or one that is too weak: '"
                    + SafeText.shown(line.digest()) + "' in place of one of SHA-256 or better." + REMEDY);
            return;
        }
        String found = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        String expected = line.digest().substring(equals + 1).replaceFirst("=+$", "");
        boolean size = line.size().isEmpty() || line.size().equals(Long.toString(member.size()));
        if (!found.equals(expected) || !size) {
            findings.error("holds " + SafeText.quoted(name) + " with other content than RECORD lists: "
                    + (size
                            ? "its " + line.digest().substring(0, equals) + " is " + found + ", not "
                                    + SafeText.shown(expected)
                            : "it has " + member.size() + " bytes, not " + SafeText.shown(line.size()))
                    + "." + REMEDY);
        }
    }

    /** Reports, after the last file, the files that only one side has. */
    void end() {
        if (!unlisted.isEmpty()) {
            findings.error("holds " + SafeText.quoted(unlisted) + ", which RECORD does not list." + REMEDY);
        }
        List<String> absent = lines.keySet().stream().sorted().toList();
        if (!absent.isEmpty()) {
            findings.error("lacks " + SafeText.quoted(absent) + ", which RECORD lists." + REMEDY);
        }
    }
}
