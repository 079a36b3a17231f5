package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The three keys derived from a leg's key, one per direction and purpose, so that no message can be reflected.
 * {@code KQ} signs requests, {@code KS} signs answers, {@code KE} derives the pass phrases of bodies.
 */
final class LegSecrets {

    private static final String HMAC = "HmacSHA256";
    private static final int IV_BYTES = 16;

    private final SecretKeySpec requests;
    private final SecretKeySpec responses;
    private final SecretKeySpec encryption;

    private LegSecrets(SecretKeySpec requests, SecretKeySpec responses, SecretKeySpec encryption) {
        this.requests = requests;
        this.responses = responses;
        this.encryption = encryption;
    }

    static LegSecrets of(LegKey key) {
        byte[] secret = key.reveal();
        SecretKeySpec leg = new SecretKeySpec(secret, HMAC);
        Arrays.fill(secret, (byte) 0);
        return new LegSecrets(derive(leg, "tcmp1 c2s"), derive(leg, "tcmp1 s2c"), derive(leg, "tcmp1 enc"));
    }

    /** Returns the MAC of a genuine request. */
    byte[] requestMac(SignedRequest request) {
        return hmac(
                requests,
                String.join(
                        "\n",
                        "tcmp1-req",
                        request.target().method(),
                        request.rawTarget(),
                        request.nonce(),
                        request.size(),
                        request.sha256(),
                        Long.toString(request.length()),
                        request.bodySha256()));
    }

    /** Returns the MAC of an answer to the request with this nonce, in hex. */
    String responseMac(int status, String nonce, byte[] body) {
        return hex(hmac(responses, "tcmp1-res\n" + status + "\n" + nonce + "\n" + Sha256.of(body)));
    }

    /** Returns a cipher that decrypts this chunk. */
    Cipher chunkCipher(RequestTarget.Chunk chunk) {
        return cipher("tcmp1-chunk\n" + chunk.output() + "\n" + chunk.upload() + "\n" + chunk.offset());
    }

    /** Returns a cipher that decrypts the body of the event with this nonce. */
    Cipher eventCipher(String nonce) {
        return cipher("tcmp1-event\n" + nonce);
    }

    /**
     * Does what {@code openssl enc -d -aes-256-cbc -md sha256 -nosalt} does with the pass phrase of {@code purpose}.
     * Key and IV come from EVP_BytesToKey (its manual page) with one round of SHA-256 and no salt.
     */
    private Cipher cipher(String purpose) {
        byte[] pass = hex(hmac(encryption, purpose)).getBytes(US_ASCII);
        MessageDigest digest = Sha256.newDigest();
        byte[] key = digest.digest(pass);
        digest.update(key);
        byte[] iv = Arrays.copyOf(digest.digest(pass), IV_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform lacks AES-256-CBC.", e);
        }
    }

    private static SecretKeySpec derive(SecretKeySpec key, String purpose) {
        return new SecretKeySpec(hmac(key, purpose), HMAC);
    }

    private static byte[] hmac(SecretKeySpec key, String message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(message.getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform lacks HMAC-SHA256.", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
