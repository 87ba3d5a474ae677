// Stores a tile whose rows are channels and whose columns are positions: bias, activation, and added to what is there or not.
void store_positions(__global float *result, long stride, Finish finish, int firstChannel, int area, int firstRow, int rows,
        int firstColumn, int columns, const __local float *restrict sums, int pitch) {
    for (int row = 0; row < rows; row++) {
        const int channel = firstChannel + firstRow + row;
        const float shift = BIAS ? finish.bias[channel] : 0.0f;
        for (int done = 0; done < columns;) {
            const int position = (firstColumn + done) % area;
            const int length = min(area - position, columns - done);
            __global float *target = result + (firstColumn + done) / area * stride + channel * area + position;
            const __local float *source = sums + row * pitch + done;
            if (finish.accumulate) {
                for (int i = 0; i < length; i++) {
                    target[i] += activate(source[i] + shift, finish.activation, finish.slope);
                }
            } else {
                for (int i = 0; i < length; i++) {
                    target[i] = activate(source[i] + shift, finish.activation, finish.slope);
                }
            }
            done += length;
        }
    }
}
