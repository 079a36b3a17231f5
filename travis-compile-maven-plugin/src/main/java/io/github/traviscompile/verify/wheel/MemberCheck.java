package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.verify.gate.SafeText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds members that would be unpacked outside the environment or over one another. */
final class MemberCheck {

    private MemberCheck() {}

    /** Returns whether all are safe to unpack. */
    static boolean check(List<ZipMember> members, WheelFindings findings) {
        int before = findings.all().size();
        Set<String> seen = new HashSet<>();
        Set<String> folded = new HashSet<>();
        for (ZipMember member : members) {
            String name = member.name();
            if (!isInside(name)) {
                findings.error("holds " + SafeText.quoted(name) + ", which leads out of its folder or is not a name"
                        + " on every system. Build it again with a build backend"
                        + " that packs plain relative paths.");
            } else if (member.isSpecial()) {
                findings.error("holds " + SafeText.quoted(name) + ", which is neither a file nor a folder. Installers"
                        + " do not unpack links: replace it with a file.");
            }
            if (!seen.add(name)) {
                findings.error(
                        "holds " + SafeText.quoted(name) + " twice, and installers differ in which of the two they"
                                + " use. Build it again, with a single tool.");
            } else if (!folded.add(name.toLowerCase(Locale.ROOT))) {
                findings.error(
                        "holds " + SafeText.quoted(name) + " beside a name that differs in upper and lower case only,"
                                + " so that one replaces the other on Windows and macOS. Rename one of the two.");
            }
        }
        return findings.all().size() == before;
    }

    static boolean isInside(String name) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || !part.matches("[^\\p{Cntrl}\\\\:]+")) {
                return false;
            }
        }
        return true;
    }
}
