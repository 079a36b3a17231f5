package io.github.traviscompile.verify.binary;

import java.util.List;

/** A binary for one processor: an executable, a library or an object file. */
public sealed interface Image extends Binary permits Elf, MachO, Pe, CoffObject {

    Cpu cpu();

    OperatingSystem os();

    FileType type();

    /** The libraries that must be there when it starts, as the file names them, in its order. */
    List<String> needed();

    /** The names that it gives to others. */
    SymbolNames exports();
}
