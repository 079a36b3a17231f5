package io.github.traviscompile.ci.travis;

import io.github.traviscompile.model.WorkFailedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;

/**
 * A repository's public key, for the {@code secure} entries of its {@code .travis.yml}. Travis CI decrypts with PKCS#1
 * v1.5 padding, although some clients use another (travis-ci/travis-api, {@code lib/travis/api/v3/models/ssl_key.rb}).
 */
public final class TravisKey {

    /** The least size of the padding (RFC 8017, section 7.2.1). */
    private static final int PADDING_BYTES = 11;

    private static final int SMALLEST_BITS = 1024;

    /** The DER of SubjectPublicKeyInfo's AlgorithmIdentifier for rsaEncryption (RFC 3279, section 2.3.1). */
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private final RSAPublicKey key;

    private TravisKey(RSAPublicKey key) {
        this.key = key;
    }

    /**
     * Parses PEM. Travis CI puts the header {@code RSA PUBLIC KEY} over both forms. So this ignores the header: the DER
     * shows whether it is a SubjectPublicKeyInfo or a bare PKCS#1 key.
     */
    public static TravisKey ofPem(String pem) throws WorkFailedException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            KeyFactory factory = KeyFactory.getInstance("RSA");
            var spec = new X509EncodedKeySpec(isPkcs1(der) ? subjectPublicKeyInfo(der) : der);
            if (factory.generatePublic(spec) instanceof RSAPublicKey key
                    && key.getModulus().bitLength() >= SMALLEST_BITS) {
                return new TravisKey(key);
            }
            throw new GeneralSecurityException("it is no RSA key of at least " + SMALLEST_BITS + " bits");
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new WorkFailedException(
                    "The public key that Travis CI gave for the repository cannot be read: " + e.getMessage()
                            + ". Have it made anew in the repository's settings on Travis CI.",
                    e);
        }
    }

    /** Whether the sequence begins with an integer, a PKCS#1 key's modulus; the other form begins with a sequence. */
    private static boolean isPkcs1(byte[] der) {
        int first = der.length > 1 && (der[1] & 0x80) != 0 ? 2 + (der[1] & 0x7f) : 2;
        return der.length > first && der[first] == 0x02;
    }

    private static byte[] subjectPublicKeyInfo(byte[] pkcs1) {
        byte[] bits = new byte[pkcs1.length + 1];
        System.arraycopy(pkcs1, 0, bits, 1, pkcs1.length);
        return tagged(0x30, concatenated(RSA_ALGORITHM, tagged(0x03, bits)));
    }

    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] head;
        if (length < 0x80) {
            head = new byte[] {(byte) tag, (byte) length};
        } else if (length < 0x100) {
            head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        } else {
            head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        }
        return concatenated(head, content);
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Returns the longest {@code name=value}, in bytes, that one entry can hold. */
    int capacity() {
        return (key.getModulus().bitLength() + 7) / 8 - PADDING_BYTES;
    }

    /**
     * Returns a {@code secure} entry that sets a variable of the job.
     *
     * @param name {@code [A-Z_][A-Z0-9_]*}
     * @param value only letters, digits and {@code . _ : / -}, because Travis CI passes it to a shell unquoted
     * @return base64 without line breaks, different at each call
     */
    public String encrypt(String name, String value) throws WorkFailedException {
        if (!name.matches("[A-Z_][A-Z0-9_]*") || !value.matches("[A-Za-z0-9._:/-]+")) {
            throw new IllegalArgumentException("The variable '" + name + "' cannot be given to a shell unquoted.");
        }
        byte[] plain = (name + "=" + value).getBytes(StandardCharsets.US_ASCII);
        if (plain.length > capacity()) {
            throw new WorkFailedException("The variable " + name + " has " + plain.length + " bytes with its name, but"
                    + " the repository's key on Travis CI encrypts at most " + capacity() + ". Have a longer key made"
                    + " in the repository's settings there.");
        }
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return Base64.getEncoder().encodeToString(cipher.doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new WorkFailedException(
                    "The variable " + name + " cannot be encrypted for Travis CI: " + e.getMessage() + ".", e);
        }
    }
}
