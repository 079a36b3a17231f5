package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.OperatingSystem;
import java.util.List;

/** A binary for one processor: an executable, a library or an object file. */
public sealed interface Image extends Binary permits Elf, MachO, Pe, CoffObject {

    Cpu cpu();

    OperatingSystem os();

    FileType type();

    /** Returns the libraries needed at start, in the file's spelling and order. */
    List<String> needed();

    /** Returns the exported names. */
    SymbolNames exports();
}
