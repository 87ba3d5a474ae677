// A matrix product C = A·B for devices whose work-items run one after the other on the cores of a processor. A group is a
// single item: it copies a block of A and one of B to memory that stays in the core's cache, and multiplies them by blocks
// that stay in its registers. What is copied, from where, and where C goes is said by the including file, which defines,
// before the #include, the functions that are declared here.
//
// After K. Goto and R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34 (2008).
//
//! ITEM_M      rows of a register block
//! ITEM_N      vectors in a row of a register block
//! TILE_M      rows of C that a group computes, a multiple of ITEM_M
//! TILE_N      columns of C that a group computes, a multiple of ITEM_N vectors
//! TILE_K      depth that is copied at a time
//! SLICES      parts that the depth is cut into; each makes a C of its own
//! GROUPS      independent products: groups of channels

#define BLOCK_N (ITEM_N * VECTOR)

// From one row of the copy of B to the next. The blocks of a register block's columns lie a row apart: a few floats more than
// a power of two, or all of them would compete for the same few lines of the cache.
#define PITCH_N (TILE_N + 16)

// What there is to multiply, for one group of channels.
typedef struct {
    const __global float *left;
    long leftStride;
    const __global float *right;
    long rightStride;
    const __global float *table;
    int group;
} Operands;

// A part of the product: rows and columns of C from the first on, and the depth from the first to before the end.
typedef struct {
    int firstRow;
    int rows;
    int firstColumn;
    int columns;
    int firstDepth;
    int depth;
} Part;

int rows_of(int batch);
int columns_of(int batch);
int depth_of(int batch);

// Fills rows of A, one behind the other every TILE_K floats; those beyond the part's rows, up to a whole block, with zeros.
void load_left(__local float *restrict tile, __local Run *runs, Operands operands, Part part, int roundedRows);

// Fills rows of B, one behind the other every PITCH_N floats; columns beyond the part's, up to a whole block, with zeros.
void load_right(__local float *restrict tile, __local Run *runs, Operands operands, Part part, int roundedColumns);

// Stores C, whose rows lie one behind the other every TILE_N floats.
void store_tile(__global float *result, long stride, Finish finish, int group, int slice, Part part,
        const __local float *restrict sums);

void multiply_block(__local float *restrict sums, const __local float *restrict left, const __local float *restrict right,
        int depth) {
    vec block[ITEM_M][ITEM_N];
#pragma unroll
    for (int i = 0; i < ITEM_M; i++) {
#pragma unroll
        for (int j = 0; j < ITEM_N; j++) {
            block[i][j] = LOAD_VECTOR(sums + i * TILE_N + j * VECTOR);
        }
    }
    for (int k = 0; k < depth; k++) {
        vec b[ITEM_N];
#pragma unroll
        for (int j = 0; j < ITEM_N; j++) {
            b[j] = LOAD_VECTOR(right + k * PITCH_N + j * VECTOR);
        }
#pragma unroll
        for (int i = 0; i < ITEM_M; i++) {
            const vec a = left[i * TILE_K + k];
#pragma unroll
            for (int j = 0; j < ITEM_N; j++) {
                block[i][j] = MULTIPLY_ADD(a, b[j], block[i][j]);
            }
        }
    }
#pragma unroll
    for (int i = 0; i < ITEM_M; i++) {
#pragma unroll
        for (int j = 0; j < ITEM_N; j++) {
            STORE_VECTOR(block[i][j], sums + i * TILE_N + j * VECTOR);
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void multiply(
        const __global float *left, long leftOffset, long leftStride,
        const __global float *right, long rightOffset, long rightStride,
        __global float *result, long resultOffset, long resultStride,
        const __global float *bias, long biasOffset, const __global float *table,
        int activation, float slope, int accumulate, int batch) {
    __local float leftTile[TILE_M * TILE_K] __attribute__((aligned(64)));
    __local float rightTile[TILE_K * PITCH_N] __attribute__((aligned(64)));
    __local float sums[TILE_M * TILE_N] __attribute__((aligned(64)));
    __local Run runs[RUNS];

    const int slice = get_group_id(2) % SLICES;
    const Finish finish = {bias + biasOffset, table, activation, slope, accumulate};
    const Operands operands = {
            left + leftOffset, leftStride, right + rightOffset, rightStride, table, (int) get_group_id(2) / SLICES};
    Part part;
    part.firstColumn = get_group_id(0) * TILE_N;
    part.columns = min(TILE_N, columns_of(batch) - part.firstColumn);
    part.firstRow = get_group_id(1) * TILE_M;
    part.rows = min(TILE_M, rows_of(batch) - part.firstRow);
    const int roundedRows = (part.rows + ITEM_M - 1) / ITEM_M * ITEM_M;
    const int roundedColumns = (part.columns + BLOCK_N - 1) / BLOCK_N * BLOCK_N;

    for (int i = 0; i < roundedRows * TILE_N; i++) {
        sums[i] = 0.0f;
    }
    // Slices are whole blocks deep, so that how the depth is cut depends on nothing but the shapes.
    const int blocks = (depth_of(batch) + TILE_K - 1) / TILE_K;
    const int end = min((int) ((long) blocks * (slice + 1) / SLICES) * TILE_K, depth_of(batch));
    for (int depth = (int) ((long) blocks * slice / SLICES) * TILE_K; depth < end; depth += TILE_K) {
        part.firstDepth = depth;
        part.depth = min(TILE_K, end - depth);
        load_left(leftTile, runs, operands, part, roundedRows);
        load_right(rightTile, runs, operands, part, roundedColumns);
        for (int column = 0; column < roundedColumns; column += BLOCK_N) {
            for (int row = 0; row < roundedRows; row += ITEM_M) {
                multiply_block(sums + row * TILE_N + column, leftTile + row * TILE_K, rightTile + column, part.depth);
            }
        }
    }
    store_tile(result + resultOffset, resultStride, finish, operands.group, slice, part, sums);
}
