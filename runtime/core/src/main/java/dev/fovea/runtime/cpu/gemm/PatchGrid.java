package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;

/**
 * The 6×6 patches of a tensor's planes.
 *
 * @param rows down a plane
 * @param columns along a row
 */
record PatchGrid(PatchAxis rows, PatchAxis columns) {
    /** So many tiles that it hardly matters when the last of them is smaller or one thread has one more. */
    private static final int MANY_TILES = 16;
    /** Tiles to aim at, so that several threads are busy to the end. */
    private static final int ENOUGH_TILES = 8;

    /** The patches of a plane. */
    int area() {
        return rows.patches() * columns.patches();
    }

    /**
     * Patches of a tile: a multiple of a panel's, few enough for several threads, and where tiles are few, such that an even number of
     * them are about equal, for two threads.
     *
     * @param most patches of a tile
     * @param panel patches of a panel
     * @param capacity the largest batch
     */
    int tilePatches(int most, int panel, int capacity) {
        int panels = (capacity * area() + panel - 1) / panel;
        int mostPanels = Math.max(1, most / panel);
        int tiles = Math.max(Math.min(panels, ENOUGH_TILES), (panels + mostPanels - 1) / mostPanels);
        if (tiles > 1 && tiles < MANY_TILES) {
            tiles += tiles % 2;
        }
        return Math.max(1, (panels + tiles - 1) / Math.max(1, tiles)) * panel;
    }

    /** One tile a worker, to be set. */
    PatchTile[] tiles(Cpu cpu, int patches, int panelWidth, int panelStride) {
        PatchTile[] tiles = new PatchTile[cpu.workers().threads()];
        int piece = cpu.simd().matrix().piece();
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = new PatchTile(rows.patches(), columns.patches(), patches, piece, panelWidth, panelStride);
        }
        return tiles;
    }
}
