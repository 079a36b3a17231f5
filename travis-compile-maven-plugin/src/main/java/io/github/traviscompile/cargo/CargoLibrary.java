package io.github.traviscompile.cargo;

import io.github.traviscompile.model.OutputKind;
import java.util.List;
import java.util.stream.Stream;

/**
 * The library target of a package (The Cargo Book, "Cargo Targets").
 *
 * @param name the crate's name, without {@code -}
 * @param crateTypes as in {@code cargo metadata}: {@code lib} by default, {@code proc-macro} for procedural macros
 */
public record CargoLibrary(String name, List<String> crateTypes) {

    public CargoLibrary {
        crateTypes = List.copyOf(crateTypes);
    }

    public boolean isProcMacro() {
        return crateTypes.contains("proc-macro");
    }

    /** Returns the kinds to deliver; none for a library that only Rust code can use. */
    public List<OutputKind> outputKinds() {
        return crateTypes.stream()
                .distinct()
                .flatMap(type -> switch (type) {
                    case "cdylib" -> Stream.of(OutputKind.CDYLIB);
                    case "dylib" -> Stream.of(OutputKind.DYLIB);
                    case "staticlib" -> Stream.of(OutputKind.STATICLIB);
                    default -> Stream.<OutputKind>empty();
                })
                .toList();
    }
}
