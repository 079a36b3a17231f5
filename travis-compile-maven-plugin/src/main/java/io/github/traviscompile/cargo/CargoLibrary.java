package io.github.traviscompile.cargo;

import io.github.traviscompile.model.OutputKind;
import java.util.List;
import java.util.stream.Stream;

/**
 * The library target of a package (The Cargo Book, "Cargo Targets").
 *
 * @param name the crate's name, without {@code -}
 * @param crateTypes as {@code cargo metadata} tells them: {@code lib} where nothing is said, {@code proc-macro} for those
 */
public record CargoLibrary(String name, List<String> crateTypes) {

    public CargoLibrary {
        crateTypes = List.copyOf(crateTypes);
    }

    public boolean isProcMacro() {
        return crateTypes.contains("proc-macro");
    }

    /** What of it is worth delivering: nothing of a library that only Rust code can use. */
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
