package dev.fovea.images;

import dev.fovea.runtime.data.Resampling;

/**
 * A picture in memory.
 *
 * @param channels 1 for grey, 3 for red, green, blue
 * @param values {@code [channels, height, width]}, from 0 to 1; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of the array, never compared
public record Picture(int channels, int height, int width, float[] values) {
    /**
     * The part in the middle, as torchvision's {@code CenterCrop}: where it cannot lie evenly, half a pixel up or left and down or
     * right in turn (halves are rounded to even); what is larger than the picture is black around it.
     */
    public Picture centerCrop(int toHeight, int toWidth) {
        int top = (int) Math.rint((height - toHeight) / 2.0);
        int left = (int) Math.rint((width - toWidth) / 2.0);
        float[] part = new float[channels * toHeight * toWidth];
        int first = Math.max(0, -left);
        int end = Math.min(toWidth, width - left);
        for (int channel = 0; channel < channels; channel++) {
            for (int row = Math.max(0, -top); row < Math.min(toHeight, height - top); row++) {
                int from = (channel * height + row + top) * width + left + first;
                System.arraycopy(values, from, part, (channel * toHeight + row) * toWidth + first, end - first);
            }
        }
        return new Picture(channels, toHeight, toWidth, part);
    }

    /** As torchvision's {@code Resize(size)}: the shorter side gets that many pixels, the longer one in proportion, cut to whole ones. */
    public Picture resizeShorter(int size) {
        int shorter = Math.min(height, width);
        int longer = (int) ((long) size * Math.max(height, width) / shorter);
        return height <= width ? resize(size, longer) : resize(longer, size);
    }

    /** Bilinear with antialias; see {@link Resampling}. */
    public Picture resize(int toHeight, int toWidth) {
        if (toHeight == height && toWidth == width) {
            return this;
        }
        float[] wide = new float[channels * height * toWidth];
        Resampling.of(width, toWidth).rows(values, wide, channels * height);
        float[] resized = new float[channels * toHeight * toWidth];
        Resampling.of(height, toHeight).columns(wide, resized, channels, toWidth);
        return new Picture(channels, toHeight, toWidth, resized);
    }
}
