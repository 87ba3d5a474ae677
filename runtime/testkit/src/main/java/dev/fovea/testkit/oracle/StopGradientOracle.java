package dev.fovea.testkit.oracle;

import dev.fovea.ops.StopGradient;

record StopGradientOracle() implements Oracle<StopGradient> {
    @Override
    public DoubleTensor forward(Call<StopGradient> call) {
        return call.x();
    }

    @Override
    public int terms(Call<StopGradient> call) {
        return 0;
    }

    @Override
    public boolean stopsGradient() {
        return true;
    }
}
