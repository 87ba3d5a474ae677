package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Region;

/**
 * The class indices that a loss compares with, as floats.
 *
 * @param region where they lie
 * @param classes how many classes there are
 */
record ClassLabels(Region region, int classes) {
    /** The class at a position; −1 when the label is none. */
    int at(int sample, int position) {
        float label = CpuMemory.values(region)[(int) region.at(sample) + position];
        return label >= 0 && label < classes ? (int) label : -1;
    }
}
