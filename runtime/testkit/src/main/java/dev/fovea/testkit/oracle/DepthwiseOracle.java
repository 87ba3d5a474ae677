package dev.fovea.testkit.oracle;

import dev.fovea.ops.Depthwise;

/** Each channel by itself: a convolution of one channel, whose oracle does the rest. */
final class DepthwiseOracle implements Oracle<Depthwise> {
    private final ConvOracle convolution = new ConvOracle();

    @Override
    public DoubleTensor forward(Call<Depthwise> call) {
        return convolution.forward(new Call<>(
                call.op().convolution(call.x().extent(1)), call.inputs(), call.parameters(), call.training()));
    }

    @Override
    public int terms(Call<Depthwise> call) {
        return call.op().kernel().height() * call.op().kernel().width() + 1;
    }
}
