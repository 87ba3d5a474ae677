package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.UpdateBinding;
import java.util.List;

/** The loop of an update: cuts the ranges it is given into tiles for the workers. */
final class UpdateRanges {
    private final Elementwise[] loops;

    /** What happens to the parameters from one place to before another. */
    @FunctionalInterface
    interface Body {
        void run(int from, int end);
    }

    UpdateRanges(Workers workers, List<UpdateBinding.Range> ranges, Body body) {
        loops = ranges.stream()
                .map(range -> {
                    int offset = Math.toIntExact(range.offset());
                    return new Elementwise(
                            workers,
                            range.length(),
                            (sample, from, length, worker) -> body.run(offset + from, offset + from + length));
                })
                .toArray(Elementwise[]::new);
    }

    void run() {
        for (Elementwise loop : loops) {
            loop.run(1);
        }
    }
}
