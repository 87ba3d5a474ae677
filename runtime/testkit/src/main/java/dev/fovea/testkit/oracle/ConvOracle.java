package dev.fovea.testkit.oracle;

import dev.fovea.ops.Conv;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Rounding;

/** Seven loops. */
final class ConvOracle implements Oracle<Conv> {
    @Override
    public DoubleTensor forward(Call<Conv> call) {
        Conv op = call.op();
        DoubleTensor x = call.x();
        DoubleTensor weight = call.parameters().get(0);
        int[] rows = rows(op, x);
        int[] columns = columns(op, x);
        DoubleTensor y = DoubleTensor.of(call.batch(), op.channels(), rows[1], columns[1]);
        for (int n = 0; n < call.batch(); n++) {
            for (int o = 0; o < op.channels(); o++) {
                for (int i = 0; i < rows[1]; i++) {
                    for (int j = 0; j < columns[1]; j++) {
                        double sum = op.bias() ? call.parameters().get(1).values()[o] : 0;
                        int top = i * op.stride().height() - rows[0];
                        int left = j * op.stride().width() - columns[0];
                        y.set(n, o, i, j, sum + window(op, x, weight, o, n, o, top, left));
                    }
                }
            }
        }
        return y;
    }

    /**
     * The sum over one window.
     *
     * @param weightRow which row of the weight is used
     */
    static double window(Conv op, DoubleTensor x, DoubleTensor weight, int weightRow, int n, int o, int top, int left) {
        int seen = x.extent(1) / op.groups();
        int first = o / (op.channels() / op.groups()) * seen;
        double sum = 0;
        for (int c = 0; c < seen; c++) {
            if (!op.connections().isEmpty() && !op.connections().get(o).contains(c)) {
                continue;
            }
            for (int u = 0; u < op.kernel().height(); u++) {
                int row = source(top + u * op.dilation().height(), x.extent(2), op.paddingMode());
                for (int v = 0; v < op.kernel().width(); v++) {
                    int column = source(left + v * op.dilation().width(), x.extent(3), op.paddingMode());
                    if (row >= 0 && column >= 0) {
                        sum += weight.at(weightRow, c, u, v) * x.at(n, first + c, row, column);
                    }
                }
            }
        }
        return sum;
    }

    /** Where a position in the padded input comes from; negative where it is 0. */
    private static int source(int position, int extent, PaddingMode mode) {
        int at = position;
        while (at < 0 || at >= extent) {
            switch (mode) {
                case ZEROS -> {
                    return -1;
                }
                case REPLICATE -> at = at < 0 ? 0 : extent - 1;
                case CIRCULAR -> at += at < 0 ? extent : -extent;
                case REFLECT -> at = at < 0 ? -at : 2 * (extent - 1) - at;
            }
        }
        return at;
    }

    /** The padding above and the number of windows. */
    static int[] rows(Conv op, DoubleTensor x) {
        int extent = op.dilation().height() * (op.kernel().height() - 1) + 1;
        int stride = op.stride().height();
        int[] sides = Windows.sides(op.padding(), true, x.extent(2), extent, stride);
        return new int[] {sides[0], count(op, x.extent(2), sides, extent, stride)};
    }

    static int[] columns(Conv op, DoubleTensor x) {
        int extent = op.dilation().width() * (op.kernel().width() - 1) + 1;
        int stride = op.stride().width();
        int[] sides = Windows.sides(op.padding(), false, x.extent(3), extent, stride);
        return new int[] {sides[0], count(op, x.extent(3), sides, extent, stride)};
    }

    private static int count(Conv op, int input, int[] sides, int extent, int stride) {
        return op.round() == Rounding.CEIL
                ? Windows.covering(input, sides, extent, stride)
                : Windows.within(input, sides, extent, stride);
    }

    @Override
    public int terms(Call<Conv> call) {
        return call.x().extent(1)
                        / call.op().groups()
                        * call.op().kernel().height()
                        * call.op().kernel().width()
                + 1;
    }
}
