package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.BatchNorm;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation by running statistics behind a product with a weight, as a change of weight and bias: of channel m, with
 * {@code s = weight[m]/√(var[m] + eps)}, the row of the weight is multiplied by s, and the bias becomes {@code (bias[m] − mean[m])·s +
 * the norm's bias[m]}. In double, rounded once.
 */
final class FoldedNorm {
    private final BatchNorm op;
    private final List<Region> parameters;

    FoldedNorm(Binding norm) {
        op = (BatchNorm) norm.op();
        parameters = norm.parameters().stream().map(ParameterOperand::value).toList();
    }

    /** The operator. */
    BatchNorm op() {
        return op;
    }

    /** Where its parameters lie. */
    List<Region> parameters() {
        return parameters;
    }

    /**
     * Folds it in.
     *
     * @param weights a row for each channel, one after the other
     * @param biases one for each channel, or null
     * @param foldedBiases one for each channel, from index 0 on
     */
    void fold(
            float[] weights,
            int weightsAt,
            float @Nullable [] biases,
            int biasesAt,
            float[] folded,
            int foldedAt,
            int rowLength,
            float[] foldedBiases) {
        for (int channel = 0; channel < foldedBiases.length; channel++) {
            double variance = value(parameters.size() - 1, channel);
            double factor = (op.affine() ? value(0, channel) : 1) / Math.sqrt(variance + op.eps());
            double bias = biases == null ? 0 : biases[biasesAt + channel];
            double shift = op.affine() ? value(1, channel) : 0;
            foldedBiases[channel] = (float) ((bias - value(parameters.size() - 2, channel)) * factor + shift);
            int row = channel * rowLength;
            for (int i = 0; i < rowLength; i++) {
                folded[foldedAt + row + i] = (float) (weights[weightsAt + row + i] * factor);
            }
        }
    }

    private double value(int parameter, int channel) {
        Region region = parameters.get(parameter);
        return CpuMemory.values(region)[(int) region.offset() + channel];
    }
}
