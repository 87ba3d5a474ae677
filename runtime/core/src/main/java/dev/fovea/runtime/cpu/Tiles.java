package dev.fovea.runtime.cpu;

/** Work cut into tiles. Tiles of one run are done in any order, by any worker, each once. */
@FunctionalInterface
public interface Tiles {
    /**
     * Does one tile.
     *
     * @param tile from 0
     * @param worker who does it, from 0, less than {@link Workers#threads}: for choosing workspace, never for the result
     */
    void run(int tile, int worker);
}
