package io.github.traviscompile.verify.wheel;

/**
 * The largest wheel, so that unpacking never fills the disk. PyPI accepts 100 MB by default, and machine code
 * compresses to about a third.
 *
 * @param members the most files and folders
 * @param bytes the most bytes of all contents
 * @param ratio the most bytes of content for a byte of the wheel
 */
record ZipBounds(int members, long bytes, int ratio) {

    static final ZipBounds DEFAULT = new ZipBounds(20_000, 2L << 30, 100);

    /** A size below which the ratio is free, because small repetitive files compress better than bombs. */
    private static final long FREE = 16L << 20;

    void require(long size, long total) throws InvalidWheelException {
        if (total > bytes) {
            throw new InvalidWheelException(
                    "a zip bomb, or far too large: its files take " + total + " bytes, more than " + bytes);
        }
        if (total > FREE && total / ratio > size) {
            throw new InvalidWheelException(
                    "a zip bomb: " + size + " bytes become " + total + ", more than " + ratio + " times as many");
        }
    }
}
