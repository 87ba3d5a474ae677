package dev.fovea.testkit.oracle;

import dev.fovea.ops.CrossEntropy;

final class CrossEntropyOracle implements Oracle<CrossEntropy> {
    @Override
    public DoubleTensor forward(Call<CrossEntropy> call) {
        DoubleTensor x = call.x();
        DoubleTensor label = call.inputs().get(1);
        int classes = x.extent(1);
        int positions = x.extent(2) * x.extent(3);
        double smoothing = call.op().labelSmoothing();
        DoubleTensor y = DoubleTensor.of(call.batch(), 1);
        for (int n = 0; n < call.batch(); n++) {
            double loss = 0;
            for (int h = 0; h < x.extent(2); h++) {
                for (int w = 0; w < x.extent(3); w++) {
                    double sum = 0;
                    for (int c = 0; c < classes; c++) {
                        sum += Math.exp(x.at(n, c, h, w));
                    }
                    for (int c = 0; c < classes; c++) {
                        double right = label.values()[n * positions + h * x.extent(3) + w] == c ? 1 : 0;
                        double wanted = (1 - smoothing) * right + smoothing / classes;
                        double weight = call.op().classWeights().isEmpty()
                                ? 1
                                : call.op().classWeights().get(c);
                        loss -= weight * wanted * (x.at(n, c, h, w) - Math.log(sum));
                    }
                }
            }
            y.set(n, 0, 0, 0, loss / positions);
        }
        return y;
    }

    /** Beside the loss itself the logits and the logarithm of the sum. */
    @Override
    public DoubleTensor magnitude(Call<CrossEntropy> call) {
        double range = SoftmaxOracle.range(call.x());
        return forward(call).map(y -> y + range);
    }

    @Override
    public int terms(Call<CrossEntropy> call) {
        return call.x().sampleSize() + 8;
    }
}
