package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.OperatingSystem;
import java.util.List;
import java.util.Optional;

/**
 * A member of a Windows library: an object file, or an import, which stands for one name of a DLL. Source: Microsoft's
 * PE Format, "COFF File Header" and "Import Library Format".
 *
 * @param machine the machine number in its header
 * @param dll the DLL of an import
 */
public record CoffObject(int machine, Optional<String> dll) implements Image {

    @Override
    public String format() {
        return "COFF";
    }

    @Override
    public Cpu cpu() {
        return CpuCodes.ofCoff(machine);
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

    /** Returns no names: the index of the library has them. */
    @Override
    public SymbolNames exports() {
        return SymbolNames.NONE;
    }
}
