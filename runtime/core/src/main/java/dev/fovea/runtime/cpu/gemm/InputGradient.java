package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a convolution's input. With stride S the input's elements fall into S·S phases by their position modulo
 * S; those of a phase meet the same taps and are one stride-1 gather from the output's gradient. Where the padding repeats
 * elements of the input, the gradient of the padded input is computed first and then folded.
 */
final class InputGradient implements InputSums {
    private final List<Phase> phases = new ArrayList<>();
    private final Scratch turned;
    private final Optional<PaddingFold> fold;

    /** A weight turned around to where a product reads it; the product that follows, if it is not one with a later phase's weight too. */
    private record Phase(
            BackwardWeight weight, int weightAt, @Nullable Product product) {}

    /**
     * A gradient to be computed, or the output of a transposed convolution, which is the same.
     *
     * @param window of the convolution
     * @param inputShape of the gradient
     * @param target where it goes
     * @param outputShape of {@code outputGradient}
     * @param activation applied to what is computed; none where padding repeats elements
     * @param capacity the largest batch
     */
    InputGradient(
            Cpu cpu,
            Window window,
            PaddingMode mode,
            int groups,
            Shape inputShape,
            Gradient target,
            Shape outputShape,
            Region outputGradient,
            Activation activation,
            int capacity) {
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        boolean zeros = mode == PaddingMode.ZEROS;
        fold = zeros ? Optional.empty() : Optional.of(new PaddingFold(cpu, window, mode, inputShape, target, capacity));
        int height = zeros ? rows.input() : PaddingFold.padded(rows);
        int width = zeros ? columns.input() : PaddingFold.padded(columns);
        int inputs = inputShape.channels() / groups;
        int outputs = outputShape.channels() / groups;
        int area = rows.kernel() * columns.kernel();
        if (PlaneWindows.fit(cpu, groups, inputShape.channels(), outputShape.channels())) {
            GatherTarget planes = new GatherTarget(
                    fold.map(PaddingFold::padded).orElse(target.region()),
                    zeros && target.accumulate(),
                    height,
                    width,
                    0,
                    rows.stride(),
                    0,
                    columns.stride());
            int top = zeros ? rows.before() : 0;
            int left = zeros ? columns.before() : 0;
            turned =
                    planes(cpu, window, top, left, groups, inputShape, planes, outputShape, outputGradient, activation);
            return;
        }
        long largest = 0;
        boolean winograd =
                Winograd.inputGradient(cpu.convolutions(), window, mode, groups, inputShape, outputShape, capacity);
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
                GatherTarget plane = new GatherTarget(
                        fold.map(PaddingFold::padded).orElse(target.region()),
                        zeros && target.accumulate(),
                        height,
                        width,
                        firstRow,
                        rows.stride(),
                        firstColumn,
                        columns.stride());
                long turnedFloats = (long) groups * inputs * outputs * taps.length;
                Product product = winograd
                        ? new WinogradProduct(
                                cpu,
                                patches(window, height, width),
                                outputGradient,
                                outputShape,
                                inputs,
                                plane,
                                new Finish(activation),
                                capacity,
                                true,
                                turnedFloats)
                        : direct(
                                cpu,
                                new Gather(
                                        GatherAxis.backward(rows, height, top, firstRow),
                                        GatherAxis.backward(columns, width, left, firstColumn)),
                                groups,
                                inputs,
                                plane,
                                outputShape,
                                outputGradient,
                                activation,
                                capacity,
                                turnedFloats,
                                area == 1 && taps.length == 1);
                int[] order = winograd ? reversed(taps) : taps;
                phases.add(new Phase(new BackwardWeight(cpu, groups, inputs, outputs, area, order), 0, product));
                largest = Math.max(largest, turnedFloats);
            }
        }
        turned = cpu.common(largest);
    }

    private static Product direct(
            Cpu cpu,
            Gather gather,
            int groups,
            int inputs,
            GatherTarget target,
            Shape outputShape,
            Region outputGradient,
            Activation activation,
            int capacity,
            long turnedFloats,
            boolean turned) {
        Finish finish = new Finish(activation);
        Optional<Product> few = FewChannels.product(
                cpu,
                gather,
                groups,
                outputGradient,
                outputShape,
                inputs,
                target,
                finish,
                capacity,
                false,
                turnedFloats);
        if (few.isPresent()) {
            return few.get();
        }
        return new GatherProduct(
                cpu,
                gather,
                outputGradient,
                outputShape,
                groups,
                inputs,
                target,
                finish,
                capacity,
                turned ? WeightOrder.ROWS_OR_TERMS : WeightOrder.ROWS);
    }

    /** All phases by one product, which prepares the output's gradient once and writes neighbours of several phases together. */
    private Scratch planes(
            Cpu cpu,
            Window window,
            int top,
            int left,
            int groups,
            Shape inputShape,
            GatherTarget target,
            Shape outputShape,
            Region outputGradient,
            Activation activation) {
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        int inputs = inputShape.channels() / groups;
        int outputs = outputShape.channels() / groups;
        int area = rows.kernel() * columns.kernel();
        Gather gather = new Gather(
                GatherAxis.backward(rows, target.planeHeight(), top),
                GatherAxis.backward(columns, target.planeWidth(), left));
        List<BackwardWeight> weights = new ArrayList<>();
        List<int[]> read = new ArrayList<>();
        int rowTap = 0;
        for (int firstRow = 0; firstRow < Math.min(target.planeHeight(), rows.stride()); firstRow++) {
            int[] rowTaps = GatherAxis.backwardTaps(rows, top, firstRow);
            int columnTap = 0;
            for (int firstColumn = 0; firstColumn < Math.min(target.planeWidth(), columns.stride()); firstColumn++) {
                int[] columnTaps = GatherAxis.backwardTaps(columns, left, firstColumn);
                int[] taps = new int[rowTaps.length * columnTaps.length];
                int[] order = new int[taps.length];
                for (int t = 0; t < taps.length; t++) {
                    int row = t / columnTaps.length;
                    int column = t % columnTaps.length;
                    taps[t] = rowTaps[row] * columns.kernel() + columnTaps[column];
                    order[t] = (rowTap + row) * gather.columns().taps() + columnTap + column;
                }
                weights.add(new BackwardWeight(cpu, groups, inputs, outputs, area, taps));
                read.add(order);
                columnTap += columnTaps.length;
            }
            rowTap += rowTaps.length;
        }
        Product product = new PlaneProduct(
                cpu,
                gather,
                read.toArray(int[][]::new),
                outputGradient,
                outputShape,
                groups,
                inputs,
                target,
                new Finish(activation));
        int at = 0;
        for (int i = 0; i < weights.size(); i++) {
            phases.add(new Phase(weights.get(i), at, i == weights.size() - 1 ? product : null));
            at += groups * inputs * outputs * read.get(i).length;
        }
        return cpu.common(at);
    }

    /** The gather goes through its taps backwards; patches do not. */
    private static int[] reversed(int[] taps) {
        int[] reversed = new int[taps.length];
        Arrays.setAll(reversed, i -> taps[taps.length - 1 - i]);
        return reversed;
    }

    /** The whole correlation with the turned kernel: padded by what is left of the kernel's extent. */
    private static PatchGrid patches(Window window, int height, int width) {
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        return Winograd.patches(
                rows.output(),
                columns.output(),
                height,
                width,
                rows.kernel() - 1 - rows.before(),
                columns.kernel() - 1 - columns.before(),
                PaddingMode.ZEROS);
    }

    @Override
    public String algorithm() {
        return phases.stream()
                .map(Phase::product)
                .filter(Objects::nonNull)
                .map(Product::algorithm)
                .distinct()
                .collect(Collectors.joining("+"));
    }

    @Override
    public void run(int samples, float[] weight, int weightAt) {
        run(samples, weight, weightAt, null, 0);
    }

    /**
     * The same as the output of a transposed convolution.
     *
     * @param bias to begin each sum with, one for each channel of the gradient, or null
     */
    void run(int samples, float[] weight, int weightAt, float @Nullable [] bias, int biasAt) {
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            Product product = phase.product();
            if (product != null && product.takesTurned()) {
                product.run(samples, weight, weightAt, bias, biasAt);
                continue;
            }
            phase.weight().fill(weight, weightAt, turned.of(0), phase.weightAt());
            if (product != null) {
                product.run(samples, turned.of(0), 0, bias, biasAt);
            }
        }
        if (fold.isPresent()) {
            fold.get().run(samples);
        }
    }
}
