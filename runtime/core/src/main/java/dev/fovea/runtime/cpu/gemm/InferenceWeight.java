package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.BatchNorm;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a convolution multiplies with when it only infers: its weight with a batch normalisation folded in, in the form that its
 * product wants. Worked out when it is first used and again when a parameter has changed; shared by all models that read the same
 * memory, which are many where many threads predict.
 */
final class InferenceWeight {
    /** The numbers of one memory, and of which state of it. */
    private static final class Kept {
        private long changes = -1;
        private boolean taken;
        private float[] form = {};
        private float[] biases = {};
    }

    /** What tells them apart: where all that goes into them lies, the operator folded in, and the form, which follows from the way and the length. */
    private record Key(List<Long> offsets, Optional<BatchNorm> norm, Object way, long floats) {}

    private final Cpu cpu;
    private final Supplier<Product> product;
    private final Region weight;
    private final @Nullable Region bias;
    private final int channels;
    private final int rowLength;
    private Optional<FoldedNorm> norm = Optional.empty();
    private Region[] regions = {};
    private @Nullable Kept kept;

    /**
     * Of a weight of some rows.
     *
     * @param product what multiplies with it, chosen when it is first asked for
     */
    InferenceWeight(
            Cpu cpu, Supplier<Product> product, Region weight, @Nullable Region bias, int channels, int rowLength) {
        this.cpu = cpu;
        this.product = product;
        this.weight = weight;
        this.bias = bias;
        this.channels = channels;
        this.rowLength = rowLength;
        cpu.whenReady(this::reserve);
    }

    private void reserve() {
        if (norm.isPresent()) {
            cpu.common(product.get().formFloats() == 0 ? 0 : (long) channels * rowLength);
        }
        if (isKept()) {
            Kept found = find();
            synchronized (found) {
                take(found);
            }
        }
    }

    /** Whether it is not simply the weight as it comes. */
    private boolean isKept() {
        return norm.isPresent() || product.get().formFloats() > 0;
    }

    private void take(Kept target) {
        if (!target.taken) {
            target.form = cpu.workspace(keptFloats());
            target.biases = cpu.workspace(norm.isPresent() ? channels : 0);
            target.taken = true;
        }
    }

    private long keptFloats() {
        return product.get().formFloats() == 0
                ? (long) channels * rowLength
                : product.get().formFloats();
    }

    /** Folds a batch normalisation in, once. */
    boolean fold(Binding next) {
        if (norm.isPresent()) {
            return false;
        }
        norm = Optional.of(new FoldedNorm(next));
        return true;
    }

    /** Runs the product. */
    void run(int samples) {
        if (!isKept()) {
            product.get().run(samples, CpuMemory.values(weight), (int) weight.offset(), biases(), biasesAt());
            return;
        }
        Kept now = ready();
        if (norm.isPresent()) {
            product.get().runFormed(samples, now.form, 0, now.biases, 0);
        } else {
            product.get().runFormed(samples, now.form, 0, biases(), biasesAt());
        }
    }

    private Kept ready() {
        Kept found = kept == null ? find() : kept;
        long changes = 0;
        for (Region region : regions) {
            changes += CpuMemory.changes(region);
        }
        synchronized (found) {
            if (found.changes != changes) {
                prepare(found);
                found.changes = changes;
            }
        }
        return found;
    }

    private Kept find() {
        regions = Stream.concat(
                        bias == null ? Stream.of(weight) : Stream.of(weight, bias),
                        norm.stream().flatMap(folded -> folded.parameters().stream()))
                .toArray(Region[]::new);
        List<Long> offsets = Arrays.stream(regions).map(Region::offset).toList();
        Key key = new Key(offsets, norm.map(FoldedNorm::op), product.get().formKey(), keptFloats());
        Kept found = CpuMemory.derived(weight, key, Kept.class, Kept::new);
        kept = found;
        return found;
    }

    private void prepare(Kept target) {
        boolean formed = product.get().formFloats() > 0;
        take(target);
        float[] weights = CpuMemory.values(weight);
        int at = (int) weight.offset();
        if (norm.isPresent()) {
            float[] folded = formed ? cpu.common((long) channels * rowLength).of(0) : target.form;
            norm.get().fold(weights, at, biases(), biasesAt(), folded, 0, rowLength, target.biases);
            weights = folded;
            at = 0;
        }
        if (formed) {
            product.get().form(weights, at, target.form, 0);
        }
    }

    private float @Nullable [] biases() {
        return bias == null ? null : CpuMemory.values(bias);
    }

    private int biasesAt() {
        return bias == null ? 0 : (int) bias.offset();
    }
}
