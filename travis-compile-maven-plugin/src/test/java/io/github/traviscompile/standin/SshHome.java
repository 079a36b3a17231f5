package io.github.traviscompile.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/** A user's home directory with a {@code .ssh} in it. */
public record SshHome(Path directory) {

    public SshHome {
        try {
            Files.createDirectories(directory.resolve(".ssh"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static KeyPair rsaKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** Adds a line for {@code host} to known_hosts, with a marker such as {@code @revoked} or none. */
    public void pin(String marker, String host, int port, PublicKey key) throws IOException {
        pin(marker, host, port, PublicKeyEntry.toString(key));
    }

    public void pin(String marker, String host, int port, String key) throws IOException {
        String name = port == 22 ? host : "[" + host + "]:" + port;
        Files.writeString(
                directory.resolve(".ssh/known_hosts"),
                (marker + " " + name + " " + key).strip() + "\n",
                UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    public void forgetAll() throws IOException {
        Files.deleteIfExists(directory.resolve(".ssh/known_hosts"));
    }

    /** Writes a private key in OpenSSH's form. */
    public Path key(String name, KeyPair key, Optional<String> passphrase) throws Exception {
        Path file = directory.resolve(".ssh").resolve(name);
        OpenSSHKeyEncryptionContext context = null;
        if (passphrase.isPresent()) {
            context = new OpenSSHKeyEncryptionContext();
            context.setCipherType("256");
            context.setPassword(passphrase.get());
        }
        try (var out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", context, out);
        }
        return file;
    }
}
