package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.run.api.InspectedFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InspectionReportTest {

    private static final List<InspectedFile> FILES = List.of(
            new InspectedFile(
                    "lib/libgreet.so",
                    Optional.of(Platform.LINUX_X86_64),
                    List.of(
                            new Fact("type", "shared library"),
                            new Fact("needs", "libc.so.6"),
                            new Fact("exports", "3")),
                    Optional.of("glibc 2.17"),
                    List.of(),
                    List.of("It is <old>.")),
            new InspectedFile(
                    "a.txt", Optional.empty(), List.of(), Optional.empty(), List.of("It is text."), List.of()));

    @Test
    void theTableHasALineForEachFile() {
        assertThat(InspectionReport.table(FILES))
                .containsExactly(
                        "file             platform              type            runs from   exports  needs",
                        "lib/libgreet.so  linux-x86_64  passed  shared library  glibc 2.17  3        libc.so.6",
                        "a.txt            none          failed");
    }

    @Test
    void theDocumentHoldsAllThatIsKnown() {
        assertThat(InspectionReport.json(FILES)).isEqualTo("""
                {
                  "files": [
                    {
                      "file": "lib/libgreet.so",
                      "platform": "linux-x86_64",
                      "passed": true,
                      "facts": {
                        "type": "shared library",
                        "needs": "libc.so.6",
                        "exports": "3"
                      },
                      "errors": [],
                      "warnings": [
                        "It is <old>."
                      ]
                    },
                    {
                      "file": "a.txt",
                      "passed": false,
                      "facts": {},
                      "errors": [
                        "It is text."
                      ],
                      "warnings": []
                    }
                  ]
                }
                """);
    }
}
