package io.github.traviscompile.mojo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.cipher.PlexusCipherException;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

/**
 * Settings as {@code mvn --encrypt-master-password} and {@code mvn --encrypt-password} would have left them, by the
 * classes that these use, with a settings-security.xml of their own.
 */
final class EncryptedSettings {

    private static final String MASTER = "the master password";
    private static final String OTHER = "another master password";

    private final DefaultPlexusCipher cipher = new DefaultPlexusCipher();
    private final Settings settings = new Settings();
    private final Path security;

    private EncryptedSettings(Path security) {
        this.security = security;
    }

    static EncryptedSettings in(Path directory) throws Exception {
        EncryptedSettings made = new EncryptedSettings(directory.resolve("settings-security.xml"));
        made.writeMaster(MASTER);
        return made;
    }

    /** Another master password than the one that all else was and will be encrypted with. */
    void forgetMaster() throws Exception {
        writeMaster(OTHER);
    }

    void removeMaster() throws Exception {
        Files.delete(security);
    }

    /** The master password is itself encrypted, with a key that everybody knows. */
    private void writeMaster(String master) throws Exception {
        String encrypted = cipher.encryptAndDecorate(master, DefaultSecDispatcher.SYSTEM_PROPERTY_SEC_LOCATION);
        Files.writeString(security, "<settingsSecurity><master>" + encrypted + "</master></settingsSecurity>");
    }

    String encrypt(String password) throws Exception {
        String encrypted;
        do {
            encrypted = cipher.encryptAndDecorate(password, MASTER);
        } while (opens(encrypted, OTHER));
        return encrypted;
    }

    /** Its padding tells a wrong password from the right one in 255 of 256 cases only. */
    private boolean opens(String encrypted, String master) {
        try {
            cipher.decryptDecorated(encrypted, master);
            return true;
        } catch (PlexusCipherException e) {
            return false;
        }
    }

    Server add(String id) {
        Server server = new Server();
        server.setId(id);
        settings.addServer(server);
        return server;
    }

    SettingsServers servers() {
        return new SettingsServers(
                settings,
                new DefaultSettingsDecrypter(new DefaultSecDispatcher(cipher, Map.of(), security.toString())));
    }
}
