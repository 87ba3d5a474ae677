package dev.fovea.testkit.oracle;

import dev.fovea.ops.KlSparsity;

final class KlSparsityOracle implements Oracle<KlSparsity> {
    @Override
    public DoubleTensor forward(Call<KlSparsity> call) {
        double rho = call.op().rho();
        double sum = 0;
        for (double m : means(call)) {
            sum += rho * Math.log(rho / m) + (1 - rho) * Math.log((1 - rho) / (1 - m));
        }
        double all = sum;
        return DoubleTensor.of(call.batch(), 1).map(y -> all);
    }

    /** The logarithms of a unit's two terms count, though they have opposite signs. */
    @Override
    public DoubleTensor magnitude(Call<KlSparsity> call) {
        double rho = call.op().rho();
        double sum = 0;
        for (double m : means(call)) {
            sum += rho * (Math.abs(Math.log(rho / m)) + 1) + Math.abs(Math.log((1 - rho) / (1 - m))) + 1;
        }
        double all = sum;
        return DoubleTensor.of(call.batch(), 1).map(y -> all);
    }

    /** (1 − rho)/(1 − m) and rho/m. */
    @Override
    public double cancelling(Call<KlSparsity> call) {
        double rho = call.op().rho();
        double largest = 0;
        for (double m : means(call)) {
            largest = Math.max(largest, (1 - rho) / (1 - m) / (1 - m) + rho / m / m);
        }
        return largest;
    }

    @Override
    public int terms(Call<KlSparsity> call) {
        return call.x().sampleSize() + call.batch() + 8;
    }

    private static double[] means(Call<KlSparsity> call) {
        int units = call.x().sampleSize();
        double[] means = new double[units];
        for (int i = 0; i < call.x().values().length; i++) {
            means[i % units] += call.x().values()[i] / call.batch();
        }
        return means;
    }
}
