package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Searches files for secrets, by name and by their whole content, text or binary. Knows only unambiguous forms (a
 * provider's prefix and length, a private key's armour). Uses no entropy guesses, and ignores JSON Web Tokens, as the
 * tests of many crates contain them. Several threads may scan, each its own files.
 */
final class SecretScan {

    /** The longest form; a piece of a file is repeated from this distance before its end. */
    static final int OVERLAP = 1024;

    private static final int MOST_SHOWN = 30;
    private static final int FEWEST_DISTINCT = 8;

    /** A form that begins with {@code literal} and matches {@code pattern}; {@code token} means random text. */
    private record SecretPattern(String literal, Pattern pattern, String kind, boolean token) {
        SecretPattern(String literal, String pattern, String kind) {
            this(literal, Pattern.compile(pattern), kind, true);
        }
    }

    private static final String PRIVATE_KEY = "a private key";
    private static final String ARMOUR = "-----BEGIN ";

    private static final List<SecretPattern> FORMS = List.of(
            // RFC 7468, RFC 1421 and RFC 9580 headers may precede; so may the quotes and comment signs of source code.
            new SecretPattern(
                    ARMOUR,
                    Pattern.compile("-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----"
                            + "(?:\\\\[nrt]|[\\s\"'`,;+\\\\#!|*>]|//+!?|(?:Proc-Type|DEK-Info|Version|Comment)[^\\n]{0,100}\\n)*+"
                            + "[A-Za-z0-9+/]{32}"),
                    PRIVATE_KEY,
                    false),
            new SecretPattern("gh", "gh[opusr]_[A-Za-z0-9]{36}", "a GitHub token"),
            new SecretPattern("github_pat_", "github_pat_[A-Za-z0-9_]{50}", "a GitHub token"),
            new SecretPattern("glpat-", "glpat-[A-Za-z0-9_-]{20}", "a GitLab token"),
            new SecretPattern("AKIA", "AKIA[A-Z0-9]{16}(?![A-Za-z0-9])", "an AWS access key id"),
            new SecretPattern("ASIA", "ASIA[A-Z0-9]{16}(?![A-Za-z0-9])", "an AWS access key id"),
            new SecretPattern("AIza", "AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])", "a Google API key"),
            new SecretPattern("npm_", "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])", "an npm token"),
            new SecretPattern("pypi-AgEI", "pypi-AgEI[A-Za-z0-9_-]{40}", "a PyPI token"),
            new SecretPattern("cio", "cio[A-Za-z0-9]{32}(?![A-Za-z0-9_])", "a crates.io token"),
            new SecretPattern("xox", "xox[abprs]-[A-Za-z0-9]+-[A-Za-z0-9-]{10}", "a Slack token"),
            new SecretPattern("sk_live_", "sk_live_[A-Za-z0-9]{16}", "a Stripe key"),
            new SecretPattern("rk_live_", "rk_live_[A-Za-z0-9]{16}", "a Stripe key"));

    /** Whether some form begins with these two bytes. */
    private static final boolean[] STARTS = new boolean[1 << 16];

    static {
        for (SecretPattern form : FORMS) {
            STARTS[form.literal().charAt(0) << 8 | form.literal().charAt(1)] = true;
        }
    }

    private static final Map<String, Pattern> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put(
                "a file of passwords or tokens",
                Pattern.compile("(?:.*/)?(?:"
                        + "\\.env(?:\\.(?!(?:example|sample|template|dist)$)[^/]+)?|\\.npmrc|\\.pypirc|[._]netrc"
                        + "|\\.git-credentials|\\.cargo/credentials[^/]*|\\.docker/config\\.json|settings-security\\.xml"
                        + "|\\.pgpass|\\.htpasswd|token)"));
        NAMES.put(PRIVATE_KEY, Pattern.compile("(?:.*/)?(?:id_[^./]+|[^/]*\\.ppk)"));
        NAMES.put("a key store", Pattern.compile(".*\\.(?:jks|p12|pfx|keystore|kdbx)"));
        NAMES.put("a Terraform state, which holds secrets in the clear", Pattern.compile(".*\\.tfstate(?:\\.backup)?"));
    }

    /** DER of RFC 5208, 8017 or 5915: a sequence that begins with the version 0 or 1, as no certificate does. */
    private static final Pattern DER_PRIVATE_KEY =
            Pattern.compile("\\x30(?:[\\x00-\\x7f]|\\x81.|\\x82..)\\x02\\x01[\\x00\\x01]", Pattern.DOTALL);

    /** A literal value, not {@code ${env.NAME}}. The file name proves nothing, as many projects keep one for CI. */
    private static final Pattern MAVEN_PASSWORD =
            Pattern.compile("<(?:password|passphrase|privateKey)>\\s*(?!\\$\\{)[^<\\s]");

    private final Set<String> allowed;
    private final Queue<SecretFinding> findings = new ConcurrentLinkedQueue<>();

    SecretScan(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** Returns the findings so far, by path. */
    List<SecretFinding> findings() {
        return findings.stream()
                .sorted(Comparator.comparing(SecretFinding::path).thenComparing(SecretFinding::line))
                .toList();
    }

    /** Fails with all findings, if there are any. */
    void requireNone() throws ActionNeededException {
        requireNone(findings());
    }

    /** Fails with the given findings, if there are any. */
    static void requireNone(List<SecretFinding> findings) throws ActionNeededException {
        if (findings.isEmpty()) {
            return;
        }
        String shown =
                findings.stream().limit(MOST_SHOWN).map(SecretFinding::toString).collect(Collectors.joining(", "));
        String rest = findings.size() > MOST_SHOWN ? ", and " + (findings.size() - MOST_SHOWN) + " more" : "";
        throw new ActionNeededException("The snapshot would contain possible secrets: " + shown + rest
                + ". A snapshot is made to leave this machine, and cannot be called back. Remove them, name their files in"
                + " .gitignore, leave those out with " + Parameter.EXCLUDES
                + ", or name each file without a secret in " + Parameter.ALLOWED_SECRETS + ".");
    }

    /** Begins a file; empty if its content need not be read, because it is allowed or its name is enough. */
    Optional<Pass> begin(String path) {
        if (allowed.contains(path)) {
            return Optional.empty();
        }
        String lower = path.endsWith("TOKEN") ? path.toLowerCase(Locale.ROOT) : lowerExceptToken(path);
        for (Map.Entry<String, Pattern> name : NAMES.entrySet()) {
            if (name.getValue().matcher(lower).matches()) {
                findings.add(new SecretFinding(path, 0, name.getKey()));
                return Optional.empty();
            }
        }
        return Optional.of(new Pass(path, lower));
    }

    /** The plugin of 2016 kept its token in {@code TOKEN}; {@code token} may be any lexer's file. */
    private static String lowerExceptToken(String path) {
        return path.endsWith("token") ? path + "." : path.toLowerCase(Locale.ROOT);
    }

    /** The scan of one file, piece by piece. */
    final class Pass {

        private final String path;
        private final String lowerName;
        private final Set<String> kinds = new HashSet<>();
        private boolean first = true;
        private boolean otherArmour;
        private int line = 1;

        private Pass(String path, String lowerPath) {
            this.path = path;
            this.lowerName = lowerPath.substring(lowerPath.lastIndexOf('/') + 1);
        }

        /**
         * Scans {@code piece[0, length)}.
         *
         * @return the number of processed bytes; the next piece begins with the others
         */
        int feed(byte[] piece, int length, boolean last) {
            int end = last ? length : Math.max(0, length - OVERLAP);
            if (first) {
                scanBeginning(piece, length);
                first = false;
            }
            int counted = 0;
            for (int i = 0; i < end && i + 1 < length; i++) {
                if (STARTS[(piece[i] & 0xff) << 8 | (piece[i + 1] & 0xff)]
                        && (i == 0 || piece[i] == '-' || !isWord(piece[i - 1]))) {
                    Optional<String> kind = kindAt(piece, i, length);
                    if (kind.isPresent()) {
                        line += newlines(piece, counted, i);
                        counted = i;
                        report(line, kind.get());
                    }
                }
            }
            if (!last) {
                line += newlines(piece, counted, end);
            } else if (lowerName.endsWith(".pem") && !otherArmour && kinds.isEmpty()) {
                report(0, "a .pem file that is neither certificate nor public key");
            }
            return end;
        }

        private void scanBeginning(byte[] piece, int length) {
            if (lowerName.matches(".*\\.(?:key|der|p8|pk8)")
                    && DER_PRIVATE_KEY
                            .matcher(latin1(piece, 0, Math.min(length, 16)))
                            .lookingAt()) {
                report(0, PRIVATE_KEY);
            }
            if (lowerName.equals("settings.xml")) {
                Matcher password = MAVEN_PASSWORD.matcher(latin1(piece, 0, length));
                if (password.find()) {
                    report(1 + newlines(piece, 0, password.start()), "a password in Maven settings");
                }
            }
        }

        private Optional<String> kindAt(byte[] piece, int at, int length) {
            for (SecretPattern form : FORMS) {
                if (!startsWith(piece, at, length, form.literal())) {
                    continue;
                }
                Matcher matcher = form.pattern().matcher(latin1(piece, at, Math.min(length, at + OVERLAP)));
                if (matcher.lookingAt() && (!form.token() || isRandom(matcher.group()))) {
                    return Optional.of(form.kind());
                }
                otherArmour |= form.literal().equals(ARMOUR);
            }
            return Optional.empty();
        }

        private void report(int line, String kind) {
            if (kinds.add(kind)) {
                findings.add(new SecretFinding(path, line, kind));
            }
        }
    }

    /** Excludes {@code ghp_xxxxxxxx…} and the key of AWS's own manuals. */
    private static boolean isRandom(String token) {
        return token.chars().distinct().count() >= FEWEST_DISTINCT && !token.endsWith("EXAMPLE");
    }

    private static boolean isWord(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }

    private static boolean startsWith(byte[] piece, int at, int length, String literal) {
        if (length - at < literal.length()) {
            return false;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (piece[at + i] != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String latin1(byte[] piece, int from, int to) {
        return new String(piece, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static int newlines(byte[] piece, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (piece[i] == '\n') {
                count++;
            }
        }
        return count;
    }
}
