package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Elementwise;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@link InputGradient} where one of the two tensors lies in channel blocks at least, or both: phase by phase a convolution of the output's gradient with the
 * turned weight. Padding is with zeros, and there is one group.
 */
final class BlockInputGradient implements InputSums {
    private final Gradient target;
    /** One for all elements of the input that meet the same taps. */
    private final List<Product> phases = new ArrayList<>();
    /** A phase's weight in the form in which it is multiplied. */
    private final Scratch form;

    /** Elements that meet no tap get zeros, where nothing is there to be added to. */
    private final boolean clears;

    private final Elementwise clear;

    /**
     * A gradient to be computed.
     *
     * @param window of the convolution
     * @param dx of {@code input}
     * @param dy the gradient of {@code output}
     */
    BlockInputGradient(
            Cpu cpu,
            Window window,
            Shape input,
            boolean inputInBlocks,
            Gradient dx,
            Shape output,
            boolean outputInBlocks,
            Region dy,
            int capacity) {
        target = dx;
        boolean winograd = Winograd.inputGradientInBlocks(cpu.convolutions(), window, 1, input, output, capacity);
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        boolean empty = false;
        long formed = 0;
        for (int row = 0; row < Math.min(input.height(), rows.stride()); row++) {
            int[] rowTaps = GatherAxis.backwardTaps(rows, rows.before(), row);
            for (int column = 0; column < Math.min(input.width(), columns.stride()); column++) {
                int[] columnTaps = GatherAxis.backwardTaps(columns, columns.before(), column);
                int[] taps = taps(rowTaps, columnTaps, columns.kernel(), winograd);
                if (taps.length == 0) {
                    empty = true;
                    continue;
                }
                Gather gather = new Gather(
                        GatherAxis.backward(rows, input.height(), rows.before(), row),
                        GatherAxis.backward(columns, input.width(), columns.before(), column));
                GatherTarget place = new GatherTarget(
                        dx.region(),
                        dx.accumulate(),
                        input.height(),
                        input.width(),
                        row,
                        rows.stride(),
                        column,
                        columns.stride());
                BlockLayer layer = new BlockLayer(
                        cpu,
                        cpu.simd().blocks().orElseThrow(),
                        gather,
                        dy,
                        output,
                        outputInBlocks,
                        place,
                        Shape.of(
                                input.channels(),
                                gather.rows().outputs(),
                                gather.columns().outputs()),
                        inputInBlocks,
                        WeightSteps.backward(input.channels(), rows.kernel() * columns.kernel(), taps),
                        false,
                        new Finish(Activation.NONE),
                        capacity);
                Product product = winograd ? new WinogradBlockProduct(layer) : new BlockProduct(layer);
                phases.add(product);
                formed = Math.max(formed, product.formFloats());
            }
        }
        clears = empty && !dx.accumulate();
        clear = new Elementwise(cpu.workers(), input.size(), this::clear);
        form = cpu.common(formed);
    }

    /** The taps of a phase in the order of its gather, which goes through them backwards; patches do not. */
    private static int[] taps(int[] rows, int[] columns, int width, boolean patches) {
        int[] taps = new int[rows.length * columns.length];
        Arrays.setAll(taps, i -> {
            int t = patches ? taps.length - 1 - i : i;
            return rows[t / columns.length] * width + columns[t % columns.length];
        });
        return taps;
    }

    @Override
    public String algorithm() {
        return phases.isEmpty() ? "" : phases.get(0).algorithm();
    }

    @Override
    public void run(int samples, float[] weight, int weightAt) {
        if (clears) {
            clear.run(samples);
        }
        for (int i = 0; i < phases.size(); i++) {
            phases.get(i).runUnformed(samples, weight, weightAt, null, 0, form);
        }
    }

    private void clear(int sample, int from, int length, int worker) {
        int at = (int) target.region().at(sample) + from;
        Arrays.fill(CpuMemory.values(target.region()), at, at + length, 0f);
    }
}
