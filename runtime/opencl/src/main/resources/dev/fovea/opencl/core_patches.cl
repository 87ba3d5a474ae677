// The operand of a convolution's product that is read from an image where it lies: a row for each channel and element of the
// window, a column for each position of a grid over the image. Positions side by side read elements side by side, so a row is
// copied by runs of positions. The including file defines
//
// GRID_AREA, GRID_WIDTH         positions of a sample, and in a row of them
// SOURCE_HEIGHT, SOURCE_WIDTH   the image
// PLANES                        channels of the image in a group of channels
// ORIGIN(index, before)         the row (or column) of the image that a row (or column) of the grid begins at, before the
//                               element of the window moves it
// TOWARDS                       whether an element of the window moves it forward, 1, or back, −1
// RUNS                          the most runs there can be at a time: positions in a block
// source_run                    copies a run

// Positions side by side, from a column of the block on: their number, the place in the image of the first, and where the
// image of their sample begins.
typedef struct {
    int start;
    int length;
    int row;
    int column;
    long offset;
} Run;

// Finds the runs of a number of positions.
int find_runs(__local Run *runs, int first, int count, long stride) {
    int found = 0;
    int sample = first / GRID_AREA;
    int position = first % GRID_AREA;
    for (int done = 0; done < count;) {
        const int i = position / GRID_WIDTH;
        const int j = position % GRID_WIDTH;
        const int length = min(GRID_WIDTH - j, count - done);
        runs[found].start = done;
        runs[found].length = length;
        runs[found].row = ORIGIN(i, STRIDE_H, TOP);
        runs[found].column = ORIGIN(j, STRIDE_W, LEFT);
        runs[found].offset = sample * stride;
        found++;
        done += length;
        position += length;
        if (position == GRID_AREA) {
            position = 0;
            sample++;
        }
    }
    return found;
}

// Copies a run out of an image: zeros where it is outside.
void source_run(__local float *restrict target, const __global float *plane, int row, int column, int length);

// Copies rows of patches, from the first on, one behind the other every `pitch` floats; those from the end on are zeros.
void load_patches(__local float *restrict tile, int pitch, const __global float *image, int group, int first, int rows,
        int roundedRows, const __local Run *runs, int found, int positions, int roundedPositions) {
#if SOURCE_HEIGHT * SOURCE_WIDTH == 1 && GRID_AREA == 1 && KERNEL_AREA == 1 && TOP == 0 && LEFT == 0
    // A vector: channels are side by side, and every position is a run.
    for (int i = 0; i < positions; i++) {
        const __global float *source = image + runs[i].offset + group * PLANES + first;
        for (int row = 0; row < rows; row++) {
            tile[row * pitch + i] = source[row];
        }
    }
#else
    for (int row = 0; row < rows; row++) {
        const int plane = (first + row) / KERNEL_AREA;
        const int tap = (first + row) % KERNEL_AREA;
        const int down = TOWARDS * (tap / KERNEL_W * DILATION_H);
        const int right = TOWARDS * (tap % KERNEL_W * DILATION_W);
        const __global float *source = image + (group * PLANES + plane) * (SOURCE_HEIGHT * SOURCE_WIDTH);
        for (int i = 0; i < found; i++) {
            source_run(tile + row * pitch + runs[i].start, source + runs[i].offset, runs[i].row + down,
                    runs[i].column + right, runs[i].length);
        }
    }
#endif
    for (int row = 0; row < roundedRows; row++) {
        for (int i = row < rows ? positions : 0; i < roundedPositions; i++) {
            tile[row * pitch + i] = 0.0f;
        }
    }
}
