package io.github.traviscompile.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class WorkFailedExceptionTest {

    @Test
    void aReasonThatJavaKeepsInTheNameOfTheExceptionIsSaid() {
        assertThat(WorkFailedException.of("The file 'a' was not read", new AccessDeniedException("/x/a"), "Look."))
                .hasMessage("The file 'a' was not read: access denied, '/x/a'. Look.")
                .hasCauseInstanceOf(AccessDeniedException.class);
        assertThat(WorkFailedException.of("It stopped", new EOFException(), "Look."))
                .hasMessage("It stopped: eof. Look.");
    }

    @Test
    void aReasonInTheMessageIsRepeatedAsItIs() {
        IOException full = new FileSystemException("/x/a", null, "No space left on device");
        assertThat(WorkFailedException.of("The file 'a' was not written", full, "Free some."))
                .hasMessage("The file 'a' was not written: /x/a: No space left on device. Free some.");
        assertThat(WorkFailedException.of("It stopped", new IOException("Too long."), "Look."))
                .hasMessage("It stopped: Too long. Look.");
    }
}
