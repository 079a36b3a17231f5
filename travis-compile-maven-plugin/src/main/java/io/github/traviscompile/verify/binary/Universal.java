package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Cpu;
import java.util.List;

/**
 * Several Apple binaries in one file, each for another processor ({@code mach-o/fat.h}).
 *
 * @param slices in the order of the file, at least one
 */
public record Universal(List<Slice> slices) implements Binary {

    /**
     * One of the binaries.
     *
     * @param offset its offset in the file
     * @param size in bytes
     * @param content a {@link MachO} or an {@link Archive}
     */
    public record Slice(Cpu cpu, long offset, long size, Binary content) {}

    public Universal {
        slices = List.copyOf(slices);
    }

    @Override
    public String format() {
        return "universal Mach-O";
    }
}
