package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.ChannelSimd;
import dev.fovea.runtime.simd.PixelSimd;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdFunctions;
import dev.fovea.runtime.simd.SimdRows;
import dev.fovea.runtime.simd.Stencil;
import dev.fovea.runtime.simd.StreamSimd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once compiled no loop makes an object of a vector, in a process in which all of them have run: how much of a method the compiler inlines
 * depends on what it has seen others do. Where it gives up, each element costs several times as much, and takes memory. Counted by the virtual
 * machine; compiling takes a while, so a loop passes as soon as one series of calls has taken nothing.
 *
 * <p>The compiler is a thread of its own and does not decide the same in each process, so what fails in one has two more to pass in: a loop that is
 * too long to be inlined fails in all of them.
 */
class SimdAllocationTest {
    private static final int LENGTH = 1003;
    private static final int CALLS = 2000;
    private static final int SERIES = 400;
    private static final int PROCESSES = 3;

    static List<Simd> implementations() {
        return Simds.all();
    }

    private interface Loop {
        void run(int length);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void noVectorBecomesAnObject(Simd simd) throws Exception {
        Set<String> taking = taking(simd);
        for (int process = 1; process < PROCESSES && !taking.isEmpty(); process++) {
            System.out.println("vectors became objects, " + simd.description() + ": " + taking);
            taking.retainAll(takingInAnotherProcess(simd));
        }
        assertThat(taking)
                .as("what takes bytes of the heap in %d processes, %s", PROCESSES, simd.description())
                .isEmpty();
    }

    private static Set<String> takingInAnotherProcess(Simd simd) throws Exception {
        List<String> said = OtherProcess.lines(SimdAllocationTest.class, simd.description());
        assertThat(said).as("the last line tells that all loops were run").endsWith(simd.description());
        return new LinkedHashSet<>(said.subList(0, said.size() - 1));
    }

    /** Prints the loops that take memory here, and behind them the description of the implementation, which is the argument. */
    public static void main(String[] arguments) {
        for (Simd simd : Simds.all()) {
            if (simd.description().equals(arguments[0])) {
                taking(simd).forEach(System.out::println);
                System.out.println(simd.description());
            }
        }
    }

    /** The loops of which no series of calls took nothing. */
    private static Set<String> taking(Simd simd) {
        Map<String, Loop> loops = loops(simd);
        for (int round = 0; round < 3; round++) { // short ranges too, which take the other branches
            for (Loop loop : loops.values()) {
                for (int call = 0; call < CALLS; call++) {
                    loop.run(call % 40);
                }
            }
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Set<String> taking = new LinkedHashSet<>();
        loops.forEach((name, loop) -> {
            long least = Long.MAX_VALUE;
            for (int series = 0; series < SERIES && least > 0; series++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int call = 0; call < CALLS; call++) {
                    loop.run(LENGTH);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            if (least > 0) {
                taking.add(name);
            }
        });
        return taking;
    }

    private static Map<String, Loop> loops(Simd simd) {
        SimdFunctions f = simd.functions();
        float[] x = Ranges.random(new Random(1), LENGTH);
        float[] z = new float[LENGTH];
        float[] positive = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            positive[i] = 1 + Math.abs(x[i]);
        }
        Map<String, Loop> loops = new LinkedHashMap<>();
        loops.put("sigmoid", n -> f.sigmoid(x, 0, z, 0, n));
        loops.put("silu", n -> f.silu(x, 0, z, 0, n));
        loops.put("siluSlope", n -> f.siluSlope(x, 0, z, 0, n));
        loops.put("exp", n -> f.exp(0, x, 0, z, 0, n));
        loops.put("relu", n -> simd.relu(x, 0, z, 0, n));
        loops.put("addRelu", n -> simd.addRelu(x, 0, x, 0, z, 0, n));
        loops.put("everySecond", n -> simd.everySecond(x, 0, z, 0, n / 2, n));
        loops.put("sum", n -> simd.sum(x, 0, n));
        loops.put("largest", n -> simd.largest(x, 0, n));
        loops.put("leakyRelu", n -> f.leakyRelu(.1f, x, 0, z, 0, n));
        loops.put("clamp", n -> f.clamp(-1, 1, x, 0, z, 0, n));
        loops.put("elu", n -> f.elu(1, x, 0, z, 0, n));
        loops.put("tanh", n -> f.tanh(x, 0, z, 0, n));
        loops.put("normalShare", n -> f.normalShare(x, 0, z, 0, n));
        loops.put("geluSlope", n -> f.geluSlope(x, 0, z, 0, n));
        for (float exponent : new float[] {.5f, .75f, 1}) {
            loops.put("inversePower " + exponent, n -> f.inversePower(exponent, positive, 0, z, 0, n));
        }
        for (int rows : new int[] {3, 5}) {
            loops.put("energy of " + rows, n -> f.energy(1, 1, x, 0, 0, rows, z, 0, n));
        }
        loops.put("sigmoidGradient", n -> f.sigmoidGradient(x, 0, z, 0, n));
        loops.put("tanhGradient", n -> f.tanhGradient(x, 0, z, 0, n));
        loops.put("leakyReluGradient", n -> f.leakyReluGradient(.1f, x, 0, z, 0, n));
        loops.put("clampGradient", n -> f.clampGradient(-1, 1, x, 0, z, 0, n));
        loops.put("eluGradient", n -> f.eluGradient(1, x, 0, z, 0, n));
        loops.put("reluMask", n -> simd.reluMask(x, 0, z, 0, n));
        loops.put("dotCentred", n -> f.dotCentred(.5f, x, 0, z, 0, n));
        loops.put("combine", n -> f.combine(.1f, x, 0, .1f, 0, x, 0, 0, z, 0, n));
        for (boolean rectify : new boolean[] {false, true}) {
            loops.put("normalizePlanes " + rectify, n -> f.normalizePlanes(positive, 1, rectify, x, 0, z, 0, 1, n));
        }
        loops.put("normalize", n -> f.normalize(.1f, 2, 1, x, 0, z, 0, n));
        winograd(simd.winograd(), simd.matrix().columns(), loops);
        simd.streams().ifPresent(streams -> streams(streams, loops));
        rows(simd, loops);
        simd.channels().ifPresent(channels -> channels(channels, simd.lanes(), loops));
        windows(simd, loops);
        simd.blocks().ifPresent(blocks -> pixels(blocks.pixels(), loops));
        float[] mean = new float[LENGTH];
        loops.put("adadelta", n -> simd.updates().adadelta(.1f, .9f, 1, 0, x, 0, positive, 0, mean, 0, z, 0, n));
        for (boolean centered : new boolean[] {false, true}) {
            loops.put("rmsDirection " + centered, n -> simd.updates()
                    .rmsDirection(.9f, 1, 0, centered, x, 0, positive, 0, mean, 0, x, 0, z, 0, n));
        }
        loops.put("adam", n -> simd.adam(1e-3f, 1, 0, .9f, .99f, 1e-8f, x, 0, x, 0, positive, 0, z, 0, n));
        return loops;
    }

    /** A row of as many terms as the ranges of the others are long, and scalar products of ranges. */
    private static void rows(Simd simd, Map<String, Loop> loops) {
        int lanes = simd.lanes();
        float[] w = Ranges.random(new Random(2), SimdRows.MOST_TOGETHER * LENGTH);
        float[] x = Ranges.random(new Random(3), 2 * LENGTH);
        float[] y = new float[SimdRows.MOST_TOGETHER * 8 * lanes];
        int[] offsets = new Random(4).ints(LENGTH, 0, LENGTH).toArray();
        for (int pieces : new int[] {2, 4, 6}) {
            int[] places = new int[pieces];
            Arrays.setAll(places, i -> i * lanes);
            for (int together : Simds.together(simd.rows())) {
                loops.put("weigh " + pieces + " pieces of " + together, n -> simd.rows()
                        .weigh(
                                together, w, 0, x, 0, offsets, 0, n / 8, x, 0, 0, places, y, 0, 0, places, 8 * lanes,
                                1));
            }
        }
        int most = simd.rows().correlatedTogether();
        float[] sums = new float[most * SimdRows.TERMS * lanes];
        int[] five = new Random(5).ints(SimdRows.TERMS, 0, LENGTH).toArray();
        for (int together = 2; together <= most; together++) {
            int channels = together;
            loops.put("correlate " + channels, n -> simd.rows()
                    .correlate(channels, x, 0, 0, x, 0, five, sums, 0, SimdRows.TERMS * lanes, n / lanes * lanes));
        }
    }

    /** As many terms as a part of the ranges of the others is long, for every size of tile. */
    private static void channels(ChannelSimd channels, int lanes, Map<String, Loop> loops) {
        float[] x = Ranges.random(new Random(7), 2 * LENGTH);
        float[] w = Ranges.random(new Random(8), ChannelSimd.TOGETHER * LENGTH);
        float[] c = new float[ChannelSimd.TOGETHER * 3 * 8 * lanes];
        int[] offsets = new Random(9).ints(LENGTH / lanes, 0, LENGTH).toArray();
        int[] rows = {0, 3, 8};
        for (int registers = 1; registers <= ChannelSimd.TOGETHER; registers++) {
            for (int columns : new int[] {3, 5, 7, 8}) {
                int together = registers;
                loops.put(
                        "spread " + columns + " columns, registers: " + together,
                        n -> channels.spread(
                                x, 0, rows, 0, 3, columns, offsets, 0, n / lanes, together, w, 0, c, 0, 3 * 8 * lanes));
            }
        }
        loops.put("gather", n -> channels.gather(x, 0, 1, lanes, w, 0, lanes, n / lanes));
        loops.put("scatter", n -> channels.scatter(x, 0, lanes, w, 0, n / lanes, n / lanes));
    }

    /** Rows of windows with their places, a row of the image as long as half of the ranges of the others. */
    private static void windows(Simd simd, Map<String, Loop> loops) {
        float[] x = Ranges.random(new Random(6), 4 * LENGTH);
        float[] y = new float[2 * LENGTH];
        float[] rooms = new float[simd.windows().rooms(LENGTH)];
        for (int size : new int[] {2, 3}) {
            int width = LENGTH / 2;
            Stencil stencil = new Stencil(width, 1, size, size, 2);
            loops.put("maxRows of " + size, n -> {
                int windows = Math.max(1, n / 4 - 1);
                simd.windows().maxRows(stencil, x, 0, 0, 2 * width, y, 0, y, LENGTH, windows, 3, windows, rooms);
            });
        }
        for (int step = 1; step <= 2; step++) {
            Stencil stencil = new Stencil(LENGTH / 2, 1, 3, 3, step);
            int windows = Math.max(1, simd.lanes() - 1); // less than a register
            loops.put("short sums " + step, n -> simd.windows().sum(stencil, 9, x, n, y, 0, windows));
            loops.put("short maxima " + step, n -> simd.windows().max(stencil, 9, x, n, y, 0, windows));
            loops.put("short maxima with places " + step, n -> simd.windows()
                    .max(stencil, 9, x, 0, n, y, 0, y, LENGTH, windows));
        }
        loops.put("maxOfSquares", n -> {
            int width = Math.max(2, simd.lanes());
            simd.windows().maxOfSquares(x, 0, 10, width, n / 10 / width, y, 0, y, LENGTH, rooms);
        });
        for (int lanes : new int[] {1, 3}) {
            int width = Math.max(2, lanes * simd.lanes());
            loops.put("spreadSquares, registers: " + lanes, n -> {
                int planes = n / 10 / width;
                simd.windows().spreadSquares(y, 0, y, LENGTH, x, 0, 10, width, planes);
            });
        }
        loops.put("maxOfRectifiedSquares", n -> simd.windows()
                .maxOfRectifiedSquares(x, 0, 2, simd.lanes(), n / 2 / simd.lanes(), y, 0, y, LENGTH));
        loops.put("mark", n -> simd.windows().mark(y, 0, y, LENGTH, n));
        float[] limits = new float[400];
        loops.put("maxDown", n -> simd.windows().maxDown(x, 0, 0, LENGTH, LENGTH, y, 0, LENGTH, 2, n));
        for (int stride = 1; stride <= 2; stride++) {
            int step = stride;
            loops.put("maxAcross " + stride, n -> simd.windows().maxAcross(step, x, 1, limits, 100, 200, y, 0, n));
        }
    }

    /** Pixels as many as there are registers in the ranges of the others. */
    private static void pixels(PixelSimd pixels, Map<String, Loop> loops) {
        int size = BlockSimd.SIZE;
        float[] x = Ranges.random(new Random(7), 4 * LENGTH);
        float[] y = new float[2 * LENGTH];
        float[] factors = new float[LENGTH];
        loops.put("pixels, fill", n -> pixels.fill(0, y, 0, n, 2, n / size));
        loops.put("pixels, maxDown", n -> pixels.maxDown(x, 0, n, 2 * n, n, y, 0, n, 2, n / size));
        loops.put("pixels, largestOfThree", n -> pixels.largestOfThree(x, 0, size, 2 * size, n / size));
        loops.put("pixels, maxAcross", n -> pixels.maxAcross(x, 0, size, size, 2 * size, n, y, 0, 2, n / size));
        for (int count : new int[] {3, LENGTH / size}) {
            loops.put("pixels, sumAcross " + count, n -> {
                for (int i = 0; i < n / size / count; i++) {
                    pixels.sumAcross(x, 0, 3, size, 2 * size, factors, 0, y, 0, count);
                }
            });
        }
        loops.put("pixels, largest", n -> pixels.largest(x, 0, n / size, y, 0));
        loops.put("pixels, mean", n -> pixels.mean(x, 0, n / size, y, 0));
        loops.put("pixels, moments", n -> pixels.moments(factors, 0, x, 0, n / size, y, 0));
        loops.put("pixels, gradientSums", n -> pixels.gradientSums(factors, 0, x, 0, x, n, n / size, y, 0));
        loops.put("pixels, addScaled", n -> pixels.addScaled(factors, 0, x, 0, y, 0, n / size));
        loops.put("pixels, addShares", n -> pixels.addShares(2, x, 0, y, 0, size, n / size));
        for (boolean add : new boolean[] {false, true}) {
            loops.put("pixels, combine " + add, n -> pixels.combine(x, 0, x, 0, x, n, add, y, 0, n / size));
            loops.put("pixels, repeat " + add, n -> pixels.repeat(x, 0, add, y, 0, n / size));
        }
        winners(pixels, loops);
        for (boolean rectify : new boolean[] {false, true}) {
            loops.put("pixels, normalize " + rectify, n -> pixels.normalize(x, rectify, x, 0, y, 0, n / size));
        }
    }

    private static void winners(PixelSimd pixels, Map<String, Loop> loops) {
        int size = BlockSimd.SIZE;
        float[] x = Ranges.random(new Random(7), 4 * LENGTH);
        float[] y = new float[4 * LENGTH];
        int[] rows = {0, size, 2 * size, 3 * size};
        loops.put("pixels, firstOfSquares", n -> pixels.firstOfSquares(x, 0, n, size, y, 0, y, LENGTH, n / size));
        for (int count = 2; count <= 4; count++) {
            int taps = count;
            loops.put("pixels, firstAcross " + taps, n -> {
                pixels.firstAcross(x, 0, taps, size, size, y, 0, y, LENGTH, n / size);
            });
            loops.put("pixels, firstDown " + taps, n -> {
                pixels.firstDown(x, rows, LENGTH, taps, 3, y, 0, y, LENGTH, n / size);
            });
        }
        loops.put("pixels, spreadToFirst", n -> {
            pixels.spreadToFirst(x, 0, x, n, 0, 2, size, size, y, 0, n / size);
        });
        int[][] windows = {{2, 2}, {3, 2}, {3, 1}};
        for (int[] window : windows) {
            loops.put("pixels, spreadRow " + window[0] + " by " + window[1], n -> {
                pixels.spreadRow(x, 0, x, n, 0, window[0], window[1], true, y, 0, n / size);
            });
        }
    }

    private static void streams(StreamSimd streams, Map<String, Loop> loops) {
        int lanes = streams.lanes();
        float[] w = new float[StreamSimd.ROWS * LENGTH];
        float[] panel = new float[LENGTH * lanes];
        float[] sums = new float[StreamSimd.ROWS * lanes];
        float[] samples = new float[2 * LENGTH];
        for (int rows : new int[] {1, StreamSimd.ROWS}) {
            loops.put("stream " + rows, n -> streams.multiply(rows, w, 0, LENGTH, panel, 0, n / 2 * 2, sums, 0));
            loops.put(
                    "stream turned " + rows,
                    n -> streams.multiplyTurned(rows, w, 0, LENGTH, sums, 0, n / 2 * 2, panel, 0));
            for (boolean add : new boolean[] {false, true}) {
                loops.put("stream of samples " + rows + (add ? ", added" : ""), n -> {
                    int length = n / streams.columns() * streams.columns();
                    streams.multiplySamples(rows, add, 2, sums, 0, samples, 0, LENGTH, length, w, 0, LENGTH);
                });
            }
        }
    }

    /** As many calls a call as there are columns in the ranges of the others. */
    private static void winograd(WinogradSimd winograd, int width, Map<String, Loop> loops) {
        float[] patch = new float[WinogradSimd.POSITIONS * width];
        float[] other = new float[WinogradSimd.POSITIONS * width];
        float[] kernels = new float[27 * winograd.kernelGroup()];
        int ends = WinogradSimd.PATCH * winograd.rowFloats(width);
        float[] transformed = new float[ends + 2 * WinogradSimd.PATCH];
        float[] parted = new float[winograd.partedFloats(1)];
        int[] rows = new int[WinogradSimd.PATCH];
        int[] pieces = new int[2];
        int calls = Math.max(1, LENGTH / width / 8);
        Map<String, Runnable> transforms = new LinkedHashMap<>();
        transforms.put(
                "patchRows",
                () -> winograd.patchRows(patch, rows, width, transformed, 0, winograd.rowFloats(width / 4), ends));
        transforms.put(
                "patches",
                () -> winograd.patches(transformed, 0, 1, pieces, 1, ends, parted, 0, pieces, 1, other, 0, width));
        transforms.put("outputs", () -> winograd.outputs(patch, 0, width, width, 1, other, 0));
        transforms.put("outputGradients", () -> winograd.outputGradients(patch, 0, width, other, 0, width));
        transforms.put("kernelGradients", () -> winograd.kernelGradients(patch, 0, width, width, other, 0));
        transforms.put(
                "kernels", () -> winograd.kernels(kernels, 0, other, 0, Math.max(winograd.kernelGroup(), width)));
        transforms.forEach((name, transform) -> loops.put(name, n -> {
            for (int call = 0; call < calls; call++) {
                transform.run();
            }
        }));
    }
}
