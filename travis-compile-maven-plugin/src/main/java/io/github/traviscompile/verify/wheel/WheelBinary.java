package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.Universal;
import java.util.List;

/**
 * A file with machine code in a wheel.
 *
 * @param path in the wheel
 */
public record WheelBinary(String path, Binary binary) {

    /** Returns one image per processor; none for a static library. */
    List<Image> images() {
        if (binary instanceof Image image) {
            return List.of(image);
        }
        return binary instanceof Universal universal
                ? universal.slices().stream()
                        .map(Universal.Slice::content)
                        .filter(Image.class::isInstance)
                        .map(Image.class::cast)
                        .toList()
                : List.of();
    }

    /** Returns the file name without its folder. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
