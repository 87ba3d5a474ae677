package dev.fovea.testkit;

import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Assertions;

/**
 * One block of memory that holds several tensors, as a generated class has it. All that no tensor claims is NaN: whoever
 * reads it spoils its results, and whoever writes it is found out.
 */
final class Arena {
    /** Floats around and, when strided, between samples: odd, so that nothing is aligned. */
    private static final int GAP = 5;

    private final List<Slab> slabs = new ArrayList<>();
    private long length = GAP;

    /** Room for a tensor of so many samples. */
    Slab add(long size, int samples, boolean strided) {
        long stride = strided ? size + GAP : size;
        Slab slab = new Slab(length, stride, Math.toIntExact(size));
        length += samples * stride + (strided ? GAP : 0);
        slabs.add(slab);
        return slab;
    }

    /** Room for one tensor that does not depend on the batch. */
    Slab add(long size) {
        Slab slab = new Slab(length, 0, Math.toIntExact(size));
        length += size;
        slabs.add(slab);
        return slab;
    }

    Memory open(Kernels kernels, String purpose) {
        Memory memory = kernels.allocate(purpose, length + GAP);
        memory.fill(0, length + GAP, Float.NaN);
        return memory;
    }

    /** Asserts that nothing was written outside the first samples of each tensor. */
    void checkUntouched(Memory memory, int samples) {
        float[] all = new float[Math.toIntExact(memory.length())];
        memory.read(0, all, 0, all.length);
        for (Slab slab : slabs) {
            for (int sample = 0; sample < (slab.stride() == 0 ? 1 : samples); sample++) {
                int from = Math.toIntExact(slab.offset() + sample * slab.stride());
                Arrays.fill(all, from, from + slab.size(), Float.NaN);
            }
        }
        for (int i = 0; i < all.length; i++) {
            if (!Float.isNaN(all[i])) {
                Assertions.fail("the kernel wrote " + all[i] + " at " + i + ", outside its tensors");
            }
        }
    }
}
