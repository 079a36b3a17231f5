package io.github.traviscompile.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.traviscompile.model.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** An artifact of a run at {@link ActionsStandIn}, of which a test may change whatever GitHub says. */
public final class ArtifactStandIn {

    /** Shown by GitHub; null where it says nothing. */
    public volatile @Nullable String digest;

    /** Of the commit that it is from. */
    public volatile String headSha;

    public volatile String name;

    /** In bytes, as GitHub says. */
    public volatile long size;

    public volatile boolean expired;

    private final long id;
    private final long run;
    private final String signature = UUID.randomUUID().toString();
    private volatile byte[] archive;
    private volatile boolean deleted;

    ArtifactStandIn(long id, ActionsRunStandIn run, String name, byte[] archive) {
        this.id = id;
        this.run = run.id();
        this.headSha = run.event().commit();
        this.name = name;
        this.archive = archive;
        this.size = archive.length;
        this.digest = "sha256:" + Sha256.of(archive);
    }

    public long id() {
        return id;
    }

    /** The zip archive. */
    public byte[] archive() {
        return archive;
    }

    /** Has another content, of which GitHub says the right digest. */
    public void archive(byte[] other) {
        archive = other;
        size = other.length;
        digest = "sha256:" + Sha256.of(other);
    }

    public boolean isDeleted() {
        return deleted;
    }

    void delete() {
        deleted = true;
    }

    /** What the address to download it must have, so that nobody guesses it. */
    String signature() {
        return signature;
    }

    ObjectNode described(JsonNode example, String url) {
        ObjectNode node = example.deepCopy();
        node.put("id", id)
                .put("name", name)
                .put("size_in_bytes", size)
                .put("url", url + "/" + id)
                .put("archive_download_url", url + "/" + id + "/zip")
                .put("expired", expired)
                .put("digest", digest);
        node.withObject("/workflow_run").put("id", run).put("head_sha", headSha);
        return node;
    }

    /** What GitHub makes of files, by their names in it, whose order is kept. */
    public static byte[] zip(Map<String, byte[]> contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                zip.putNextEntry(new ZipEntry(content.getKey()));
                zip.write(content.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
