package io.github.traviscompile.verify.binary;

/** What a linker or compiler made. */
public enum FileType {
    EXECUTABLE("executable"),
    /** Also what Apple calls a bundle: a library that is loaded by name only. */
    SHARED_LIBRARY("shared library"),
    OBJECT("object file"),
    /** A member of an import library: stands for one name of a DLL. */
    IMPORT("import of a DLL"),
    /** A memory dump, debug information, a kernel extension. */
    OTHER("file of another type");

    private final String words;

    FileType(String words) {
        this.words = words;
    }

    /** As in a sentence, without an article. */
    @Override
    public String toString() {
        return words;
    }
}
