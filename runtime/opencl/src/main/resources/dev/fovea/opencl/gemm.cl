// A matrix product C = A·B whose operands lie wherever the including file says: it defines, before the #include, the
// functions that are declared here.
//
// A group of GROUP_M × GROUP_N work-items computes a tile of TILE_M × TILE_N elements of C, bringing TILE_K columns of A and
// rows of B to local memory at a time. A work-item holds a block of ITEM_M × ITEM_N vectors in registers. That is for devices
// whose items run side by side; core_product.cl is for the others.
//
//! GROUP_M     work-items of a group along the rows of C
//! GROUP_N     work-items of a group along the columns of C
//! ITEM_M      rows of a register block
//! ITEM_N      vectors in a row of a register block
//! TILE_K      depth that is brought to local memory at a time
//! SLICES      parts that the depth is cut into; each makes a C of its own
//! GROUPS      independent products: groups of channels

#define TILE_M (GROUP_M * ITEM_M)
#define TILE_N (GROUP_N * ITEM_N * VECTOR)
#define ITEMS (GROUP_M * GROUP_N)

// How the items of a group share a tile: SPAN of them along the inner axis, neighbours side by side.
#define SPAN(extent) ((extent) < ITEMS ? (extent) : ITEMS)

// Rows of A and C, depth, columns of B and C, for one group of channels.
int rows_of(void);
int depth_of(int batch);
int columns_of(int batch);

// An element of A. The table is the connection table of a convolution, where it has one.
float left_element(const __global float *left, const __global float *table, long stride, int group, int row, int depth);

// The address of an element of B is the sum of what its column and what its depth contribute, relative to a sample.
int base_sample(int firstColumn, int firstDepth);
Place column_place(int column, int baseSample, long stride, int group);
Place depth_place(int depth, int baseSample, long stride, int group);
float right_element(const __global float *right, int offset, int row, int column);

// Stores a vector of C that begins in a column: as many elements of it as there are columns.
void store(__global float *result, long stride, Finish finish, int group, int slice, int row, int column, int columns,
        vec value);

void load_left(__local float *restrict tile, const __global float *restrict left, const __global float *restrict table, long stride, int group,
        int firstRow, int firstDepth, int endDepth, int item) {
#if LEFT_ALONG_ROWS
    for (int k = item / SPAN(TILE_M); k < TILE_K; k += ITEMS / SPAN(TILE_M)) {
        for (int m = item % SPAN(TILE_M); m < TILE_M; m += SPAN(TILE_M)) {
#else
    for (int m = item / SPAN(TILE_K); m < TILE_M; m += ITEMS / SPAN(TILE_K)) {
        for (int k = item % SPAN(TILE_K); k < TILE_K; k += SPAN(TILE_K)) {
#endif
            bool inside = firstRow + m < rows_of() && firstDepth + k < endDepth;
            tile[k * TILE_M + m] =
                    inside ? left_element(left, table, stride, group, firstRow + m, firstDepth + k) : 0.0f;
        }
    }
}

void load_right(__local float *restrict tile, const __global float *restrict right, long stride, const __local int *restrict offsets,
        const __local int *restrict rows, const __local int *restrict columns, int baseSample, int group, int firstDepth, int endDepth,
        int item) {
#if RIGHT_ALONG_DEPTH
    for (int n = item / SPAN(TILE_K); n < TILE_N; n += ITEMS / SPAN(TILE_K)) {
        for (int k = item % SPAN(TILE_K); k < TILE_K; k += SPAN(TILE_K)) {
            Place depth = firstDepth + k < endDepth ? depth_place(firstDepth + k, baseSample, stride, group) : NOWHERE;
#else
    for (int k = item / SPAN(TILE_N); k < TILE_K; k += ITEMS / SPAN(TILE_N)) {
        Place depth = firstDepth + k < endDepth ? depth_place(firstDepth + k, baseSample, stride, group) : NOWHERE;
        for (int n = item % SPAN(TILE_N); n < TILE_N; n += SPAN(TILE_N)) {
#endif
            tile[k * TILE_N + n] = right_element(
                    right, offsets[n] + depth.offset, rows[n] + depth.row, columns[n] + depth.column);
        }
    }
}

__kernel __attribute__((reqd_work_group_size(GROUP_N, GROUP_M, 1))) void multiply(
        const __global float *left, long leftOffset, long leftStride,
        const __global float *right, long rightOffset, long rightStride,
        __global float *result, long resultOffset, long resultStride,
        const __global float *bias, long biasOffset, const __global float *table,
        int activation, float slope, int accumulate, int batch) {
    const Finish finish = {bias + biasOffset, table, activation, slope, accumulate};
    __local float leftTile[TILE_K * TILE_M];
    __local float rightTile[TILE_K * TILE_N];
    __local int offsets[TILE_N];
    __local int rows[TILE_N];
    __local int columns[TILE_N];

    const int itemM = get_local_id(1);
    const int itemN = get_local_id(0);
    const int item = itemM * GROUP_N + itemN;
    const int firstColumn = get_group_id(0) * TILE_N;
    const int firstRow = get_group_id(1) * TILE_M;
    const int group = get_group_id(2) / SLICES;
    const int slice = get_group_id(2) % SLICES;

    // Slices are whole tiles deep, so that how the depth is cut depends on nothing but the shapes.
    const int tiles = (depth_of(batch) + TILE_K - 1) / TILE_K;
    const int firstDepth = (int) ((long) tiles * slice / SLICES) * TILE_K;
    const int endDepth = min((int) ((long) tiles * (slice + 1) / SLICES) * TILE_K, depth_of(batch));

    const int columnSample = base_sample(firstColumn, firstDepth);
    for (int n = item; n < TILE_N; n += ITEMS) {
        Place place = firstColumn + n < columns_of(batch)
                ? column_place(firstColumn + n, columnSample, rightStride, group)
                : NOWHERE;
        offsets[n] = place.offset;
        rows[n] = place.row;
        columns[n] = place.column;
    }

    vec sums[ITEM_M][ITEM_N];
#pragma unroll
    for (int i = 0; i < ITEM_M; i++) {
#pragma unroll
        for (int j = 0; j < ITEM_N; j++) {
            sums[i][j] = 0.0f;
        }
    }

    const __local float *leftPanel = leftTile + itemM * ITEM_M;
    const __local float *rightPanel = rightTile + itemN * VECTOR;
    for (int depth = firstDepth; depth < endDepth; depth += TILE_K) {
        const int sample = base_sample(firstColumn, depth);
        barrier(CLK_LOCAL_MEM_FENCE);
        load_left(leftTile, left + leftOffset, table, leftStride, group, firstRow, depth, endDepth, item);
        load_right(rightTile, right + rightOffset + sample * rightStride, rightStride, offsets, rows, columns, sample,
                group, depth, endDepth, item);
        barrier(CLK_LOCAL_MEM_FENCE);
        for (int k = 0; k < TILE_K; k++) {
            vec b[ITEM_N];
#pragma unroll
            for (int j = 0; j < ITEM_N; j++) {
                b[j] = LOAD_VECTOR(rightPanel + k * TILE_N + j * GROUP_N * VECTOR);
            }
#pragma unroll
            for (int i = 0; i < ITEM_M; i++) {
                const vec a = leftPanel[k * TILE_M + i];
#pragma unroll
                for (int j = 0; j < ITEM_N; j++) {
                    sums[i][j] = MULTIPLY_ADD(a, b[j], sums[i][j]);
                }
            }
        }
    }

    // Sums in registers have to be named one by one.
#pragma unroll
    for (int i = 0; i < ITEM_M; i++) {
        const int row = firstRow + itemM * ITEM_M + i;
#pragma unroll
        for (int j = 0; j < ITEM_N; j++) {
            const int column = firstColumn + (j * GROUP_N + itemN) * VECTOR;
            if (row < rows_of()) {
                store(result + resultOffset, resultStride, finish, group, slice, row, column, columns_of(batch),
                        sums[i][j]);
            }
        }
    }
}
