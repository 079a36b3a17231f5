package io.github.traviscompile.verify.wheel;

/**
 * One file or folder of a zip, as both its headers have it.
 *
 * @param name with slashes; a folder's ends with one
 * @param deflated whether it is compressed, or lies there as it is
 * @param crc the CRC-32 of the content
 * @param compressed the bytes that it takes in the zip
 * @param size of the content, in bytes
 * @param at where the bytes begin in the zip
 * @param mode of Unix, zero where the zip has none
 */
record ZipMember(String name, boolean deflated, long crc, long compressed, long size, long at, int mode) {

    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;

    boolean isFolder() {
        return name.endsWith("/");
    }

    /** Whether it is a symbolic link, a device or anything else that is neither file nor folder. */
    boolean isSpecial() {
        int type = mode & TYPE;
        return type != 0 && type != (isFolder() ? FOLDER : REGULAR);
    }
}
