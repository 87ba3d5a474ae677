package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Conv;
import dev.fovea.ops.ConvTranspose;
import dev.fovea.ops.Depthwise;
import dev.fovea.ops.Op;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.simd.SimdPlanes;
import java.util.Optional;

/**
 * By which algorithm each pass of a convolution runs on the CPU: what its kernel will do, without binding it.
 *
 * @param forward the output
 * @param inputGradient the gradient of the input
 * @param weightGradient the gradient of the weight
 */
public record ConvolutionPasses(Algorithm forward, Algorithm inputGradient, Algorithm weightGradient) {
    /** An algorithm. */
    public enum Algorithm {
        /** A product of matrices of which one is gathered from the image as it goes. */
        GATHERED,
        /** Winograd's minimal filtering F(4×4, 3×3). */
        WINOGRAD,
        /** Plane by plane: each channel by itself or with few others. */
        DEPTHWISE
    }

    /**
     * Of an operator in registers, empty for those that are no convolution; plain loops take groups of several channels gathered, but for
     * the weight's gradient. A transposed one computes forward what is the gradient of another's input.
     *
     * @param way what is asked for
     * @param batch the largest one
     */
    public static Optional<ConvolutionPasses> of(ConvolutionWay way, Op op, Shape input, Shape output, int batch) {
        if (op instanceof Depthwise depthwise) {
            return of(way, depthwise.convolution(input.channels()), input, output, batch);
        }
        if (op instanceof ConvTranspose transpose) {
            Window turned = transpose.window(input);
            if (PlaneWindows.fit(
                    way, SimdPlanes.MOST_CHANNELS, transpose.groups(), output.channels(), input.channels())) {
                return Optional.of(new ConvolutionPasses(Algorithm.DEPTHWISE, Algorithm.GATHERED, Algorithm.GATHERED));
            }
            boolean winograd =
                    Winograd.inputGradient(way, turned, PaddingMode.ZEROS, transpose.groups(), output, input, batch);
            return Optional.of(new ConvolutionPasses(winograd(winograd), Algorithm.GATHERED, Algorithm.GATHERED));
        }
        if (!(op instanceof Conv conv)) {
            return Optional.empty();
        }
        if (PlaneWindows.fit(way, SimdPlanes.MOST_CHANNELS, conv.groups(), input.channels(), output.channels())) {
            return Optional.of(new ConvolutionPasses(Algorithm.DEPTHWISE, Algorithm.DEPTHWISE, Algorithm.DEPTHWISE));
        }
        Window window = conv.window(input);
        return Optional.of(new ConvolutionPasses(
                winograd(Winograd.forward(way, window, conv.groups(), input, output, batch)),
                winograd(Winograd.inputGradient(way, window, conv.paddingMode(), conv.groups(), input, output, batch)),
                winograd(Winograd.weightGradient(way, window, conv.groups(), input, output, batch))));
    }

    private static Algorithm winograd(boolean winograd) {
        return winograd ? Algorithm.WINOGRAD : Algorithm.GATHERED;
    }
}
