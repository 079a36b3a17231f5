package io.github.traviscompile.verify.binary;

/** The product of a linker or compiler. */
public enum FileType {
    EXECUTABLE("executable"),
    /** Includes Apple's bundles: libraries that are loaded by name only. */
    SHARED_LIBRARY("shared library"),
    OBJECT("object file"),
    /** A member of an import library, which stands for one name of a DLL. */
    IMPORT("import of a DLL"),
    /** A memory dump, debug information, a kernel extension. */
    OTHER("file of another type");

    private final String words;

    FileType(String words) {
        this.words = words;
    }

    /** Returns the words for a sentence, without an article. */
    @Override
    public String toString() {
        return words;
    }
}
