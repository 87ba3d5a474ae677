package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.UpdateBinding;
import java.util.ArrayList;
import java.util.List;

/** One pass over the parameters an optimizer moves, in pieces that the workers share. */
final class UpdateSweep {
    /** Floats in a piece. */
    private static final int PIECE = 8192;

    private final Workers workers;
    private final int[] offsets;
    private final int[] lengths;
    private final Piece body;
    private final Tiles tiles = this::tile;

    /** What happens to a range of the parameters. */
    @FunctionalInterface
    interface Piece {
        /**
         * Does it.
         *
         * @param worker who does it, see {@link Tiles#run}
         */
        void run(int offset, int length, int worker);
    }

    UpdateSweep(Workers workers, UpdateBinding binding, Piece body) {
        this.workers = workers;
        this.body = body;
        List<int[]> pieces = new ArrayList<>();
        for (UpdateBinding.Range range : binding.ranges()) {
            for (long done = 0; done < range.length(); done += PIECE) {
                pieces.add(new int[] {(int) (range.offset() + done), (int) Math.min(PIECE, range.length() - done)});
            }
        }
        offsets = pieces.stream().mapToInt(piece -> piece[0]).toArray();
        lengths = pieces.stream().mapToInt(piece -> piece[1]).toArray();
    }

    void run() {
        workers.run(offsets.length, tiles);
    }

    private void tile(int tile, int worker) {
        body.run(offsets[tile], lengths[tile], worker);
    }
}
