// A matrix product C = A·B whose operands lie wherever the including file says: it defines, before the #include, the
// functions that are declared here.
//
// A group of GROUP_M × GROUP_N work-items computes a tile of TILE_M × TILE_N elements of C from TILE_K columns of A and rows
// of B at a time. While it multiplies those in one half of its local memory, each item already holds its share of the next
// ones in registers, and puts it into the other half afterwards: so memory is waited for behind the arithmetic, and items
// wait for each other once a step. An item's own block of C, ITEM_M rows by ITEM_N vectors, stays in registers; its rows and
// columns are as many vectors, each a group's extent apart, so that items side by side read neighbouring vectors. That is for
// devices whose items run side by side; core_product.cl is for the others.
//
//! GROUP_M     work-items of a group along the rows of C
//! GROUP_N     work-items of a group along the columns of C
//! ITEM_M      rows of a register block, a multiple of VECTOR
//! ITEM_N      vectors in a row of a register block
//! TILE_K      depth that is brought to local memory at a time
//! SLICES      parts that the depth is cut into; each makes a C of its own
//! GROUPS      independent products: groups of channels

#define TILE_M (GROUP_M * ITEM_M)
#define TILE_N (GROUP_N * ITEM_N * VECTOR)
#define ITEMS (GROUP_M * GROUP_N)

// From one row of a tile to the next: a vector more than the tile is wide, or what is put in along the depth would all go to
// the same bank.
#define PITCH_M (TILE_M + VECTOR)
#define PITCH_N (TILE_N + VECTOR)

// How the items of a group share what is brought of a matrix: neighbours lie side by side along the axis that is dense in
// memory, of extent WIDE, and step along the other one. The element that an item brings as its e-th:
#define ABREAST(wide) ((wide) < ITEMS ? (wide) : ITEMS)
#define ALONG(item, e, wide) ((int) (item) % ABREAST(wide) + (e) % ((wide) / ABREAST(wide)) * ABREAST(wide))
#define ACROSS(item, e, wide) \
    ((int) (item) / ABREAST(wide) + (e) / ((wide) / ABREAST(wide)) * (ITEMS / ABREAST(wide)))

#define LEFT_EACH (TILE_M * TILE_K / ITEMS)
#define RIGHT_EACH (TILE_N * TILE_K / ITEMS)

#if LEFT_ALONG_ROWS
#define LEFT_ROW(item, e) ALONG(item, e, TILE_M)
#define LEFT_DEPTH(item, e) ACROSS(item, e, TILE_M)
#else
#define LEFT_ROW(item, e) ACROSS(item, e, TILE_K)
#define LEFT_DEPTH(item, e) ALONG(item, e, TILE_K)
#endif

// Of the elements of B an item brings, some are of the same column: COLUMNS_EACH different ones.
#if RIGHT_ALONG_DEPTH
#define RIGHT_COLUMN(item, e) ACROSS(item, e, TILE_K)
#define RIGHT_DEPTH(item, e) ALONG(item, e, TILE_K)
#define COLUMNS_EACH (RIGHT_EACH * ABREAST(TILE_K) / TILE_K)
#define COLUMN_OF(e) ((e) / (TILE_K / ABREAST(TILE_K)))
#define FIRST_OF(column) ((column) * (TILE_K / ABREAST(TILE_K)))
#else
#define RIGHT_COLUMN(item, e) ALONG(item, e, TILE_N)
#define RIGHT_DEPTH(item, e) ACROSS(item, e, TILE_N)
#define COLUMNS_EACH (TILE_N / ABREAST(TILE_N))
#define COLUMN_OF(e) ((e) % COLUMNS_EACH)
#define FIRST_OF(column) (column)
#endif

// What there is to multiply for one group of work-items.
typedef struct {
    const __global float *left;
    long leftStride;
    const __global float *right;
    long rightStride;
    const __global float *table;
    // The group of channels, and which class of columns, for products that know several.
    int group;
    int class;
    int firstRow;
    int firstColumn;
    int batch;
} Task;

// Rows of A and C, depth, columns of B and C, for one group of channels and one class of columns.
int rows_of(void);
int depth_of(int batch);
int columns_of(int batch);

// The depth at or after this one, both multiples of TILE_K, at which the columns of a class have something to multiply.
int reached(int depth, int end, int class);

// An element of A, k after a depth that is a multiple of TILE_K.
float left_element(Task task, int row, int depth, int k);

// An element of B lies where its column and its depth say together, relative to a sample.
int base_sample(int firstColumn, int firstDepth);
Place column_place(Task task, int column, int baseSample);
Place depth_place(Task task, int depth, int k, int baseSample);

// The place of a pixel in its plane, or -1 outside of it.
int pixel_of(int row, int column);

// Stores a vector of C that begins in a column: as many elements of it as there are columns.
void store(__global float *result, long stride, Finish finish, Task task, int slice, int row, int column, vec value);

void fetch_left(float *fetched, Task task, int depth, int end, int item) {
#pragma unroll
    for (int e = 0; e < LEFT_EACH; e++) {
        const int row = task.firstRow + LEFT_ROW(item, e);
        const int k = LEFT_DEPTH(item, e);
        fetched[e] = row < rows_of() && depth + k < end ? left_element(task, row, depth, k) : 0.0f;
    }
}

void fetch_right(float *fetched, const Place *columns, Task task, int depth, int end, int item) {
    const int sample = base_sample(task.firstColumn, depth);
    const __global float *right = task.right + sample * task.rightStride;
#pragma unroll
    for (int e = 0; e < RIGHT_EACH; e++) {
        const int k = RIGHT_DEPTH(item, e);
        const Place column = columns[COLUMN_OF(e)];
        const Place place = depth_place(task, depth, k, sample);
        const int pixel = pixel_of(place.row + column.row, place.column + column.column);
        const bool inside = (pixel >= 0) & (depth + k < end);
        const float element = right[inside ? place.offset + column.offset + pixel : 0];
        fetched[e] = inside ? element : 0.0f;
    }
}

void put_left(__local float *tile, const float *fetched, int item) {
#pragma unroll
    for (int e = 0; e < LEFT_EACH; e++) {
        tile[LEFT_DEPTH(item, e) * PITCH_M + LEFT_ROW(item, e)] = fetched[e];
    }
}

void put_right(__local float *tile, const float *fetched, int item) {
#pragma unroll
    for (int e = 0; e < RIGHT_EACH; e++) {
        tile[RIGHT_DEPTH(item, e) * PITCH_N + RIGHT_COLUMN(item, e)] = fetched[e];
    }
}

__kernel __attribute__((reqd_work_group_size(GROUP_N, GROUP_M, 1))) void multiply(
        const __global float *left, long leftOffset, long leftStride,
        const __global float *right, long rightOffset, long rightStride,
        __global float *result, long resultOffset, long resultStride,
        const __global float *bias, long biasOffset, const __global float *table,
        int activation, float slope, int accumulate, int batch) {
    __local float leftTiles[2 * TILE_K * PITCH_M] __attribute__((aligned(16)));
    __local float rightTiles[2 * TILE_K * PITCH_N] __attribute__((aligned(16)));
    const Finish finish = {bias + biasOffset, table, activation, slope, accumulate};
    const int slice = get_group_id(2) % SLICES;
    const int class = get_group_id(2) / SLICES % CLASSES;
    const int item = get_local_id(1) * GROUP_N + get_local_id(0);
    Task task = {left + leftOffset, leftStride, right + rightOffset, rightStride, table,
            (int) get_group_id(2) / (SLICES * CLASSES), class, (int) get_group_id(1) * TILE_M,
            (int) get_group_id(0) * TILE_N, batch};

    // Items that run in step, of which hardware has 32 at least, are to share as few vectors of both tiles as can be.
#if GROUP_M % 4 == 0 && GROUP_N % 8 == 0
    const int itemN = item % 8 + item / 32 % (GROUP_N / 8) * 8;
    const int itemM = item % 32 / 8 + item / (4 * GROUP_N) * 4;
#else
    const int itemN = get_local_id(0);
    const int itemM = get_local_id(1);
#endif

    // Slices are whole steps deep, so that how the depth is cut depends on nothing but the shapes.
    const int steps = (depth_of(batch) + TILE_K - 1) / TILE_K;
    const int firstDepth = (int) ((long) steps * slice / SLICES) * TILE_K;
    const int end = min((int) ((long) steps * (slice + 1) / SLICES) * TILE_K, depth_of(batch));

    Place columns[COLUMNS_EACH];
#pragma unroll
    for (int c = 0; c < COLUMNS_EACH; c++) {
        const int column = task.firstColumn + RIGHT_COLUMN(item, FIRST_OF(c));
        columns[c] = column < columns_of(batch)
                ? column_place(task, column, base_sample(task.firstColumn, firstDepth))
                : NOWHERE;
    }

    vec sums[ITEM_M][ITEM_N];
#pragma unroll
    for (int i = 0; i < ITEM_M; i++) {
#pragma unroll
        for (int j = 0; j < ITEM_N; j++) {
            sums[i][j] = 0.0f;
        }
    }

    float nextLeft[LEFT_EACH];
    float nextRight[RIGHT_EACH];
    int depth = reached(firstDepth, end, class);
    if (depth < end) {
        fetch_left(nextLeft, task, depth, end, item);
        fetch_right(nextRight, columns, task, depth, end, item);
        put_left(leftTiles, nextLeft, item);
        put_right(rightTiles, nextRight, item);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    int half_at = 0;
#pragma unroll 1
    while (depth < end) {
        const int next = reached(depth + TILE_K, end, class);
        if (next < end) {
            fetch_left(nextLeft, task, next, end, item);
            fetch_right(nextRight, columns, task, next, end, item);
        }
        const __local float *leftPanel = leftTiles + half_at * (TILE_K * PITCH_M) + itemM * VECTOR;
        const __local float *rightPanel = rightTiles + half_at * (TILE_K * PITCH_N) + itemN * VECTOR;
#pragma unroll
        for (int k = 0; k < TILE_K; k++) {
            float a[ITEM_M];
            vec b[ITEM_N];
#pragma unroll
            for (int i = 0; i < ITEM_M / VECTOR; i++) {
                STORE_VECTOR(*(const __local vec *) (leftPanel + k * PITCH_M + i * (GROUP_M * VECTOR)), a + i * VECTOR);
            }
#pragma unroll
            for (int j = 0; j < ITEM_N; j++) {
                b[j] = *(const __local vec *) (rightPanel + k * PITCH_N + j * (GROUP_N * VECTOR));
            }
#pragma unroll
            for (int i = 0; i < ITEM_M; i++) {
#pragma unroll
                for (int j = 0; j < ITEM_N; j++) {
                    sums[i][j] = MULTIPLY_ADD((vec) (a[i]), b[j], sums[i][j]);
                }
            }
        }
        half_at = 1 - half_at;
        if (next < end) {
            put_left(leftTiles + half_at * (TILE_K * PITCH_M), nextLeft, item);
            put_right(rightTiles + half_at * (TILE_K * PITCH_N), nextRight, item);
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        depth = next;
    }

#pragma unroll
    for (int i = 0; i < ITEM_M; i++) {
        const int row = task.firstRow + (i / VECTOR * GROUP_M + itemM) * VECTOR + i % VECTOR;
#pragma unroll
        for (int j = 0; j < ITEM_N; j++) {
            const int column = task.firstColumn + (j * GROUP_N + itemN) * VECTOR;
            if (row < rows_of()) {
                store(result + resultOffset, resultStride, finish, task, slice, row, column, sums[i][j]);
            }
        }
    }
}
