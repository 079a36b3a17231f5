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
 * Properties of any input: it is read or refused within bounds, and the gate describes it. Jazzer generates its own
 * input: {@code jazzer --cp=… --target_class=io.github.traviscompile.verify.bytes.AnyBytes target/corpus}.
 */
public final class AnyBytes {

    private AnyBytes() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        read(bytes);
    }

    /** Reads and checks {@code bytes}; returns the refusal, if there is one. */
    public static Optional<InvalidBinaryException> read(byte[] bytes) throws IOException {
        BytesChannel channel = new BytesChannel(bytes);
        try {
            check(Binary.read(channel));
            return Optional.empty();
        } catch (InvalidBinaryException e) {
            assertThat(e.offset()).isBetween(0L, (long) bytes.length);
            assertThat(e).hasMessageMatching("(?s)not a valid .+: .+, at offset [0-9]+");
            return Optional.of(e);
        } finally {
            isBounded(channel);
        }
    }

    /** Runs the gate over the content of hostile tables. */
    private static void check(Binary binary) {
        for (OutputKind kind : OutputKind.values()) {
            BinaryVerdict verdict =
                    new BinaryCheck(Platform.LINUX_X86_64, kind, Requirements.NONE.withJni()).check(binary, "file");
            assertThat(verdict.facts()).isNotEmpty();
            assertThat(verdict.errors()).allMatch(sentence -> sentence.length() < 4000);
        }
    }

    /** Checks that at most twice the file plus one mebibyte is read, and that no buffer is larger than the file. */
    private static void isBounded(BytesChannel channel) {
        assertThat(channel.bytesRead()).isLessThanOrEqualTo(2 * channel.size() + (1 << 20));
        assertThat(channel.largestBuffer()).isLessThanOrEqualTo((int) channel.size());
    }
}
