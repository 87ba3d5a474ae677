package dev.fovea.testkit.oracle;

import dev.fovea.ops.ConvTranspose;

/** Every element of the input is spread over its window, by the formula's sizes. */
final class ConvTransposeOracle implements Oracle<ConvTranspose> {
    @Override
    public DoubleTensor forward(Call<ConvTranspose> call) {
        ConvTranspose op = call.op();
        DoubleTensor x = call.x();
        int height = (x.extent(2) - 1) * op.stride().height()
                - op.padding().top()
                - op.padding().bottom()
                + op.dilation().height() * (op.kernel().height() - 1)
                + op.outputPadding().height()
                + 1;
        int width = (x.extent(3) - 1) * op.stride().width()
                - op.padding().left()
                - op.padding().right()
                + op.dilation().width() * (op.kernel().width() - 1)
                + op.outputPadding().width()
                + 1;
        DoubleTensor y = DoubleTensor.of(call.batch(), op.channels(), height, width);
        for (int n = 0; n < call.batch(); n++) {
            for (int o = 0; o < op.channels(); o++) {
                for (int i = 0; i < height * width && op.bias(); i++) {
                    y.set(n, o, i / width, i % width, call.parameters().get(1).values()[o]);
                }
            }
            for (int c = 0; c < x.extent(1); c++) {
                for (int i = 0; i < x.extent(2); i++) {
                    for (int j = 0; j < x.extent(3); j++) {
                        spread(op, x.at(n, c, i, j), call.parameters().get(0), y, n, c, i, j);
                    }
                }
            }
        }
        return y;
    }

    private static void spread(
            ConvTranspose op, double value, DoubleTensor weight, DoubleTensor y, int n, int c, int i, int j) {
        int outputs = op.channels() / op.groups();
        int first = c / (weight.extent(0) / op.groups()) * outputs;
        for (int o = 0; o < outputs; o++) {
            for (int u = 0; u < op.kernel().height(); u++) {
                int row = i * op.stride().height()
                        + u * op.dilation().height()
                        - op.padding().top();
                for (int v = 0; v < op.kernel().width(); v++) {
                    int column = j * op.stride().width()
                            + v * op.dilation().width()
                            - op.padding().left();
                    if (row >= 0 && row < y.extent(2) && column >= 0 && column < y.extent(3)) {
                        double before = y.at(n, first + o, row, column);
                        y.set(n, first + o, row, column, before + weight.at(c, o, u, v) * value);
                    }
                }
            }
        }
    }

    @Override
    public int terms(Call<ConvTranspose> call) {
        return call.x().extent(1)
                        / call.op().groups()
                        * call.op().kernel().height()
                        * call.op().kernel().width()
                + 1;
    }
}
