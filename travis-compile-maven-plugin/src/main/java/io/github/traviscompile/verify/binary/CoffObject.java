package io.github.traviscompile.verify.binary;

import java.util.List;
import java.util.Optional;

/**
 * A member of a library of Windows: an object file, or the stand-in for one name of a DLL (Microsoft's PE Format,
 * "COFF File Header" and "Import Library Format").
 *
 * @param machine of its header
 * @param dll the DLL of a stand-in
 */
public record CoffObject(int machine, Optional<String> dll) implements Image {

    @Override
    public String format() {
        return "COFF";
    }

    @Override
    public Cpu cpu() {
        return Cpu.ofCoff(machine);
    }

    @Override
    public OperatingSystem os() {
        return OperatingSystem.WINDOWS;
    }

    @Override
    public FileType type() {
        return dll.isPresent() ? FileType.IMPORT : FileType.OBJECT;
    }

    @Override
    public List<String> needed() {
        return dll.stream().toList();
    }

    /** Left to the index of the library. */
    @Override
    public SymbolNames exports() {
        return SymbolNames.NONE;
    }
}
