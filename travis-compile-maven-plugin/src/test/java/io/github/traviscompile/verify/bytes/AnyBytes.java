package io.github.traviscompile.verify.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.gate.BinaryCheck;
import io.github.traviscompile.verify.gate.BinaryVerdict;
import io.github.traviscompile.verify.gate.Requirements;
import java.io.IOException;
import java.util.Optional;

/**
 * What holds for any bytes at all: they are read or refused, within bounds, and the gate has words for them. Jazzer finds
 * bytes of its own: {@code jazzer --cp=… --target_class=io.github.traviscompile.verify.bytes.AnyBytes target/corpus}.
 */
public final class AnyBytes {

    private AnyBytes() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        read(bytes);
    }

    /** Reads and judges {@code bytes}, and returns why they are refused, if they are. */
    public static Optional<InvalidBinaryException> read(byte[] bytes) throws IOException {
        BytesChannel channel = new BytesChannel(bytes);
        try {
            judge(Binary.read(channel));
            return Optional.empty();
        } catch (InvalidBinaryException e) {
            assertThat(e.offset()).isBetween(0L, (long) bytes.length);
            assertThat(e).hasMessageMatching("(?s)not a valid .+: .+, at offset [0-9]+");
            return Optional.of(e);
        } finally {
            isBounded(channel);
        }
    }

    /** The gate, too, goes through what hostile tables said. */
    private static void judge(Binary binary) {
        for (OutputKind kind : OutputKind.values()) {
            BinaryVerdict verdict =
                    new BinaryCheck(Platform.LINUX_X86_64, kind, Requirements.NONE.withJni()).check(binary, "file");
            assertThat(verdict.facts()).isNotEmpty();
            assertThat(verdict.errors()).allMatch(sentence -> sentence.length() < 4000);
        }
    }

    /** Nothing is read more than twice but for a mebibyte, and no table is larger than the file. */
    private static void isBounded(BytesChannel channel) {
        assertThat(channel.bytesRead()).isLessThanOrEqualTo(2 * channel.size() + (1 << 20));
        assertThat(channel.largestBuffer()).isLessThanOrEqualTo((int) channel.size());
    }
}
