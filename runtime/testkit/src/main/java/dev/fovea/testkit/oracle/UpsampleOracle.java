package dev.fovea.testkit.oracle;

import dev.fovea.ops.Interpolation;
import dev.fovea.ops.Upsample;

/** Each element is the mean of all pixels, weighted by how near their centres are to its own. */
final class UpsampleOracle implements Oracle<Upsample> {
    @Override
    public DoubleTensor forward(Call<Upsample> call) {
        DoubleTensor x = call.x();
        int height = x.extent(2) * call.op().scale().height();
        int width = x.extent(3) * call.op().scale().width();
        DoubleTensor y = DoubleTensor.of(call.batch(), x.extent(1), height, width);
        boolean nearest = call.op().mode() == Interpolation.NEAREST;
        for (int n = 0; n < call.batch(); n++) {
            for (int c = 0; c < x.extent(1); c++) {
                for (int i = 0; i < height; i++) {
                    for (int j = 0; j < width; j++) {
                        double sum = 0;
                        for (int h = 0; h < x.extent(2); h++) {
                            for (int w = 0; w < x.extent(3); w++) {
                                double share = weight(nearest, i, height, h, x.extent(2))
                                        * weight(nearest, j, width, w, x.extent(3));
                                sum += share == 0 ? 0 : share * x.at(n, c, h, w);
                            }
                        }
                        y.set(n, c, i, j, sum);
                    }
                }
            }
        }
        return y;
    }

    private static double weight(boolean nearest, int i, int length, int h, int extent) {
        double place = (i + 0.5) * extent / length; // pixel h reaches from h to h + 1
        if (nearest) {
            return Math.floor(place) == h ? 1 : 0;
        }
        double within = Math.min(Math.max(place, 0.5), extent - 0.5);
        return Math.max(0, 1 - Math.abs(within - (h + 0.5)));
    }

    @Override
    public int terms(Call<Upsample> call) {
        return call.op().mode() == Interpolation.NEAREST
                ? call.op().scale().height() * call.op().scale().width()
                : 8;
    }
}
