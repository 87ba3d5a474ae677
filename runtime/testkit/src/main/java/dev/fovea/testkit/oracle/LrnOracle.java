package dev.fovea.testkit.oracle;

import dev.fovea.ops.Lrn;

final class LrnOracle implements Oracle<Lrn> {
    @Override
    public DoubleTensor forward(Call<Lrn> call) {
        Lrn op = call.op();
        DoubleTensor x = call.x();
        DoubleTensor y = x.map(value -> 0);
        double alpha = op.divideAlpha() ? (double) op.alpha() / op.size() : op.alpha();
        for (int n = 0; n < call.batch(); n++) {
            for (int c = 0; c < x.extent(1); c++) {
                for (int h = 0; h < x.extent(2); h++) {
                    for (int w = 0; w < x.extent(3); w++) {
                        double energy = 0;
                        for (int i = 0; i < x.extent(1); i++) {
                            boolean near = Math.abs(i - c) <= (op.size() - 1) / 2;
                            energy += near ? x.at(n, i, h, w) * x.at(n, i, h, w) : 0;
                        }
                        y.set(n, c, h, w, x.at(n, c, h, w) / Math.pow(op.k() + alpha * energy, op.beta()));
                    }
                }
            }
        }
        return y;
    }

    @Override
    public DoubleTensor magnitude(Call<Lrn> call) {
        return forward(call).map(Math::abs);
    }

    @Override
    public int terms(Call<Lrn> call) {
        return call.op().size() + 16;
    }
}
