// Where the largest element of a window of `windows.cl` stands in its plane: the first of equal ones, a NaN over all; −1 for a window that
// lies in the padding alone.
int winner_of(const __global float *plane, int window) {
    const int top = window / OUT_WIDTH * STRIDE_H - TOP;
    const int left = window % OUT_WIDTH * STRIDE_W - LEFT;
    float best = -INFINITY;
    int winner = -1;
    for (int u = 0; u < KERNEL_H; u++) {
        for (int v = 0; v < KERNEL_W; v++) {
            const int row = top + u * DILATION_H;
            const int column = left + v * DILATION_W;
            if ((uint) row < HEIGHT && (uint) column < WIDTH) {
                const float value = plane[row * WIDTH + column];
                if (winner < 0 || value > best || (isnan(value) && !isnan(best))) {
                    best = value;
                    winner = row * WIDTH + column;
                }
            }
        }
    }
    return winner;
}
