package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Conv;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The gradient of a convolution's input. With stride S the input's elements fall into S·S phases by their position modulo
 * S; those of a phase meet the same taps and are one stride-1 gather from the output's gradient. Where the padding repeats
 * elements of the input, the gradient of the padded input is computed first and then folded.
 */
final class InputGradient {
    private final List<Phase> phases = new ArrayList<>();
    private final Scratch turned;
    private final Optional<PaddingFold> fold;

    private record Phase(BackwardWeight weight, GatherProduct product) {}

    InputGradient(
            Cpu cpu,
            Conv op,
            Shape inputShape,
            Gradient target,
            Shape outputShape,
            Region outputGradient,
            int capacity) {
        Window window = op.window(inputShape);
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        boolean zeros = op.paddingMode() == PaddingMode.ZEROS;
        fold = zeros
                ? Optional.empty()
                : Optional.of(new PaddingFold(cpu, window, op.paddingMode(), inputShape, target, capacity));
        int height = zeros ? rows.input() : PaddingFold.padded(rows);
        int width = zeros ? columns.input() : PaddingFold.padded(columns);
        int inputs = inputShape.channels() / op.groups();
        int outputs = outputShape.channels() / op.groups();
        int area = rows.kernel() * columns.kernel();
        long largest = 0;
        for (int firstRow = 0; firstRow < Math.min(height, rows.stride()); firstRow++) {
            int top = zeros ? rows.before() : 0;
            int[] rowTaps = GatherAxis.backwardTaps(rows, top, firstRow);
            for (int firstColumn = 0; firstColumn < Math.min(width, columns.stride()); firstColumn++) {
                int left = zeros ? columns.before() : 0;
                int[] columnTaps = GatherAxis.backwardTaps(columns, left, firstColumn);
                int[] taps = new int[rowTaps.length * columnTaps.length];
                for (int t = 0; t < taps.length; t++) {
                    taps[t] = rowTaps[t / columnTaps.length] * columns.kernel() + columnTaps[t % columnTaps.length];
                }
                Gather gather = new Gather(
                        GatherAxis.backward(rows, height, top, firstRow),
                        GatherAxis.backward(columns, width, left, firstColumn));
                GatherTarget plane = new GatherTarget(
                        fold.map(PaddingFold::padded).orElse(target.region()),
                        zeros && target.accumulate(),
                        height,
                        width,
                        firstRow,
                        rows.stride(),
                        firstColumn,
                        columns.stride());
                phases.add(new Phase(
                        new BackwardWeight(cpu, op.groups(), inputs, outputs, area, taps),
                        new GatherProduct(
                                cpu,
                                gather,
                                outputGradient,
                                outputShape,
                                op.groups(),
                                inputs,
                                plane,
                                Activation.NONE,
                                capacity)));
                largest = Math.max(largest, (long) op.groups() * inputs * outputs * taps.length);
            }
        }
        turned = cpu.common(largest);
    }

    /** Computes the gradient for the first samples of the batch. */
    void run(int samples, float[] weight, int weightAt) {
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            phase.weight().fill(weight, weightAt, turned.of(0), 0);
            phase.product().run(samples, turned.of(0), 0, null, 0);
        }
        if (fold.isPresent()) {
            fold.get().run(samples);
        }
    }
}
