package io.github.traviscompile.run.api;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.packaging.NewFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The file of the parameter {@code outputFile}, which holds a goal's result alone.
 *
 * @param path absolute, without {@code ..}
 */
public record OutputFile(Path path) {

    private static final String REMEDY = "Name a file in a folder that you may write to with " + Parameter.OUTPUT_FILE
            + ", or leave the parameter out.";

    public OutputFile {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * Checks the existing file, if any.
     *
     * @throws ActionNeededException if the path exists and is not a regular file, such as a directory or
     *     {@code /dev/stdout}, because writing would replace it
     */
    public static OutputFile at(File file) throws ActionNeededException {
        OutputFile output;
        try {
            output = new OutputFile(file.toPath());
        } catch (InvalidPathException e) {
            throw new ActionNeededException(
                    "The result cannot be written to '" + file + "', which is no path here: " + e.getReason() + ". "
                            + REMEDY,
                    e);
        }
        if (Files.isDirectory(output.path)) {
            throw new ActionNeededException(
                    "The result cannot be written to '" + output.path + "', which is a directory. " + REMEDY);
        }
        if (Files.exists(output.path) && !Files.isRegularFile(output.path)) {
            throw new ActionNeededException(
                    "The result cannot be written to '" + output.path + "', which is no regular file. " + REMEDY);
        }
        return output;
    }

    /**
     * Writes {@code text} in UTF-8, whole or not at all, and creates the folders above. For a symbolic link, it
     * replaces the link's target.
     *
     * @throws ActionNeededException if the file system refuses; the earlier content stays
     */
    public void write(String text) throws ActionNeededException, WorkFailedException {
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path;
            NewFile.replace(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw ActionNeededException.of("The result cannot be written to '" + path + "'", e, REMEDY);
        }
    }
}
