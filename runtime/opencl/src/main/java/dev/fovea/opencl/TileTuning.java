package dev.fovea.opencl;

import dev.fovea.opencl.ClDevice.Kind;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.DeviceFullException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides how products are cut. By default it measures on a GPU, where the best tiles depend on what no driver tells, and goes
 * by the device's figures on a processor, whose compiler takes longer than the choice would save. What was measured is kept in
 * the user's cache folder, by device, driver, program and shape: another run on the machine cuts the same way, and so gives
 * the same bits. Where there is no such folder nothing is measured.
 */
final class TileTuning {
    /** {@code auto}, as above; {@code on}, measure on every device; {@code off}, on none. */
    static final String PROPERTY = "fovea.opencl.tuning";

    /** A product below that takes about as long as it takes to launch it, however it is cut. */
    private static final double LEAST_FLOPS = 20e6;

    private static final int RUNS = 3;

    /** Floats in the longest vector. */
    private static final int MOST_VECTOR = 16;

    /** What another way must save, in parts of the first one's time: less is the clock's noise. */
    private static final double LEAST_GAIN = 0.05;

    private static final Map<String, String> MEASURED = new ConcurrentHashMap<>();

    private final ChoiceCache cache;
    private final boolean measures;

    /** For one device. */
    TileTuning(ClDevice device, ProgramCache programs) {
        cache = new ChoiceCache(programs.folder());
        boolean wanted = Switch.isOn(PROPERTY, device.kind() == Kind.GPU);
        measures = wanted && programs.folder().isPresent();
    }

    /** How to cut a product. */
    ProductTiles choose(ProductRequest request, ClWork work) {
        List<? extends ProductTiles> choices = choices(request, work);
        ProductTiles first = choices.get(0);
        if (!measures
                || choices.size() == 1
                || request.flopsPerSample() * request.operands().capacity() < LEAST_FLOPS) {
            return first;
        }
        String key = key(request, choices, work);
        Optional<? extends ProductTiles> known = named(choices, Optional.ofNullable(MEASURED.get(key)));
        if (known.isEmpty()) {
            Optional<String> kept = cache.find(key);
            known = named(choices, kept);
            if (kept.isPresent() && known.isEmpty()) {
                cache.drop(key);
            }
        }
        ProductTiles chosen = known.isPresent() ? known.get() : measured(request, choices, key, work);
        MEASURED.put(key, chosen.toString());
        return chosen;
    }

    /** For the tests: forgets what this process has measured. */
    static void forget() {
        MEASURED.clear();
    }

    /** Those whose groups the device can run, given the registers that the first of them takes. */
    private static List<? extends ProductTiles> choices(ProductRequest request, ClWork work) {
        ClDevice device = work.device();
        List<? extends ProductTiles> choices = ProductTiles.choices(device, request.size(), device.largestGroup());
        ProductTiles first = choices.get(0);
        if (first.items() == 1) {
            return choices;
        }
        ClKernel kernel = work.kernel(request.file(first), request.defines(first, device), "multiply");
        long largest = kernel.largestGroup();
        work.free(kernel);
        return largest >= first.items() ? choices : ProductTiles.choices(device, request.size(), largest);
    }

    private static Optional<? extends ProductTiles> named(List<? extends ProductTiles> choices, Optional<String> name) {
        return choices.stream()
                .filter(tiles -> name.map(text -> text.lines().findFirst().orElse(""))
                        .filter(tiles.toString()::equals)
                        .isPresent())
                .findFirst();
    }

    private static String key(ProductRequest request, List<? extends ProductTiles> choices, ClWork work) {
        return ProgramCache.key(
                "tiles",
                work.device().compilerIdentity(),
                Integer.toString(work.device().units()),
                ProgramSource.of(request.file(choices.get(0))).text(),
                request.identity(),
                choices.toString());
    }

    private ProductTiles measured(
            ProductRequest request, List<? extends ProductTiles> choices, String key, ClWork work) {
        work.prepare(choices.stream()
                .map(tiles -> new Programs.Variant(request.file(tiles), request.defines(tiles, work.device())))
                .toList());
        ProductTiles best = choices.get(0);
        StringBuilder times = new StringBuilder();
        try (ClTimer timer = new ClTimer(work.queue())) {
            double least = Double.POSITIVE_INFINITY;
            for (ProductTiles tiles : choices) {
                long nanos = nanosIfAccepted(request, tiles, timer, work);
                times.append('\n').append(tiles).append(": ").append(nanos).append(" ns");
                if (nanos < least) {
                    least = tiles == best ? nanos * (1 - LEAST_GAIN) : nanos;
                    best = tiles;
                }
            }
        } catch (DeviceFullException noRoom) {
            return choices.get(0);
        }
        return named(choices, cache.keep(key, best + "\n" + request.identity() + times))
                .map(ProductTiles.class::cast)
                .orElse(best);
    }

    /** What a product takes; as good as forever where the driver refuses the program. */
    private static long nanosIfAccepted(ProductRequest request, ProductTiles tiles, ClTimer timer, ClWork work) {
        try {
            return nanos(request, tiles, timer, work);
        } catch (DeviceFullException noRoom) {
            throw noRoom;
        } catch (DeviceException refused) {
            return Long.MAX_VALUE;
        }
    }

    /** The shortest of some runs, after one that does not count, into memory that nobody else uses. */
    private static long nanos(ProductRequest request, ProductTiles tiles, ClTimer timer, ClWork work) {
        DeviceRegion result = request.result();
        long floats = request.isSliced()
                ? request.slices(tiles, work.device()) * request.shape().weights()
                : result.stride() * (request.operands().capacity() - 1L) + result.size();
        // As far from the beginning of a vector as the real one is, so that it is the same program.
        long offset = result.offset() % MOST_VECTOR;
        try (ClBuffer room = new ClBuffer(work.queue(), "measuring", offset + floats)) {
            DeviceRegion elsewhere = new DeviceRegion(room, offset, result.stride(), result.size());
            ConvolutionProduct product = new ConvolutionProduct(request.into(elsewhere), tiles, work);
            try {
                if (product.largestGroup() < tiles.items()) {
                    return Long.MAX_VALUE;
                }
                product.time(timer);
                long least = Long.MAX_VALUE;
                for (int run = 0; run < RUNS; run++) {
                    least = Math.min(least, product.time(timer));
                }
                return least;
            } finally {
                product.free();
            }
        }
    }
}
