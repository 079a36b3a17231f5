package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.Signature;
import org.jspecify.annotations.Nullable;

/**
 * The server's keys that {@code ~/.ssh/known_hosts} (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT") pins. Rejects all other
 * keys and adds none to the file: only the user can decide to trust a key.
 */
final class HostKeys implements ServerKeyVerifier {

    private static final String CERTIFICATE = "-cert-v01@openssh.com";

    private final TunnelAddress.Ssh address;
    private final Path file;
    private final List<KnownHostEntry> pinned;
    private final KnownHostsServerKeyVerifier verifier;
    private volatile @Nullable String refusal;

    private HostKeys(TunnelAddress.Ssh address, Path file, List<KnownHostEntry> pinned) {
        this.address = address;
        this.file = file;
        this.pinned = pinned;
        this.verifier = new KnownHostsServerKeyVerifier((session, remote, key) -> refuseUnknown(key), file);
        this.verifier.setModifiedServerKeyAcceptor((session, remote, entry, expected, actual) -> {
            refusal = changed(expected, actual);
            return false;
        });
    }

    /** Reads the keys pinned for the host of {@code address}; a missing file pins none. */
    static HostKeys read(TunnelAddress.Ssh address, Path sshDirectory) throws WorkFailedException {
        Path file = sshDirectory.resolve(KnownHostEntry.STD_HOSTS_FILENAME);
        try {
            List<KnownHostEntry> entries = Files.exists(file) ? KnownHostEntry.readKnownHostEntries(file) : List.of();
            return new HostKeys(
                    address,
                    file,
                    entries.stream()
                            .filter(e -> e.getKeyEntry() != null && e.isHostMatch(address.host(), address.port()))
                            .toList());
        } catch (IOException | RuntimeException e) {
            throw new WorkFailedException(
                    "'" + file + "' cannot be read: " + e + ". It has to name the ssh server '" + address.host()
                            + "' before a tunnel can be opened to it.",
                    e);
        }
    }

    /**
     * Sorts {@code known} so that algorithms with a pinned key come first: a server shows only one of its keys, the
     * first that the client prefers.
     */
    List<NamedFactory<Signature>> pinnedFirst(List<NamedFactory<Signature>> known) {
        Set<String> types = pinned.stream()
                .filter(e -> !"revoked".equals(e.getMarker()))
                .map(e -> e.getKeyEntry().getKeyType() + ("cert-authority".equals(e.getMarker()) ? CERTIFICATE : ""))
                .collect(Collectors.toSet());
        boolean authority = types.stream().anyMatch(type -> type.endsWith(CERTIFICATE));
        Comparator<NamedFactory<Signature>> pinnedFirst = Comparator.comparing(factory -> {
            String name = factory.getName();
            return name.endsWith(CERTIFICATE) ? !authority : !types.contains(KeyUtils.getCanonicalKeyType(name));
        });
        return known.stream().sorted(pinnedFirst).toList();
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress remote, PublicKey key) {
        refusal = "The ssh server '" + address.host() + "' shows the key " + inWords(key) + ", which '" + file
                + "' revokes. Somebody who should not may answer in its place: ask its operator.";
        if (!verifier.verifyServerKey(session, remote, key)) {
            return false;
        }
        refusal = null;
        return true;
    }

    /** Fails if the server was rejected for its key. */
    void throwRefusal() throws ActionNeededException {
        String words = refusal;
        if (words != null) {
            throw new ActionNeededException(words);
        }
    }

    private boolean refuseUnknown(PublicKey key) {
        refusal = "The ssh server '" + address.host() + "' is not in '" + file
                + "', so nobody can tell whether it is the"
                + " right one. It shows the key " + inWords(key)
                + ". If its operator confirms that, connect once with: "
                + connect() + " (or append what this prints: ssh-keyscan -p " + address.port() + " " + address.host()
                + ").";
        return false;
    }

    private String changed(PublicKey expected, PublicKey actual) {
        String name = address.port() == 22 ? address.host() : "[" + address.host() + "]:" + address.port();
        return "The ssh server '" + address.host() + "' shows the key " + inWords(actual) + ", but '" + file
                + "' knows "
                + inWords(expected)
                + ". Either it was set up anew or somebody else answers in its place. If its operator"
                + " confirms the new key, forget the old one with: ssh-keygen -R '" + name
                + "', then connect once with: "
                + connect() + ".";
    }

    private String connect() {
        return "ssh -p " + address.port() + " " + address.user() + "@" + address.host();
    }

    /** Formats a key as {@code ssh} and {@code ssh-keygen -l} do. */
    private static String inWords(PublicKey key) {
        return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
    }
}
