package io.github.traviscompile.verify.wheel;

/**
 * One file or folder of a zip, as both lists have it.
 *
 * @param name with slashes; a folder's ends with one
 * @param deflated whether it is compressed or stored
 * @param crc the CRC-32 of the content
 * @param compressed its size in the zip, in bytes
 * @param size its size when unpacked, in bytes
 * @param at the offset of its content in the zip
 * @param mode its Unix mode, or zero if the zip has none
 */
record ZipMember(String name, boolean deflated, long crc, long compressed, long size, long at, int mode) {

    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;

    boolean isFolder() {
        return name.endsWith("/");
    }

    /** Returns whether it is a symbolic link, a device or anything else except file and folder. */
    boolean isSpecial() {
        int type = mode & TYPE;
        return type != 0 && type != (isFolder() ? FOLDER : REGULAR);
    }
}
