package dev.fovea.runtime.cpu;

import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;

/**
 * An operator on two tensors of one shape, element by element: the difference and the product.
 *
 * <p>Floor for N floats: forward reads 2·N and writes N; backward of the product reads 3·N and writes 2·N, that of the
 * difference reads N and writes 2·N.
 */
abstract class PairKernel implements AnyOrder {
    final Simd simd;
    final Region a;
    final Region b;
    private final Region y;
    private final GradientRegion da;
    private final GradientRegion db;
    private final GradientRegion dy;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    private PairKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        a = binding.inputs().get(0).value();
        b = binding.inputs().get(1).value();
        y = binding.output().value();
        da = GradientRegion.of(binding.inputs().get(0));
        db = GradientRegion.of(binding.inputs().get(1));
        dy = GradientRegion.of(binding.output());
        scratch = cpu.scratch(Elementwise.TILE);
        long size = binding.output().shape().size();
        forward = new Elementwise(cpu.workers(), size, this::forward);
        backward = new Elementwise(cpu.workers(), size, this::backward);
    }

    /** {@code y} of a range. */
    abstract void apply(int sample, int from, float[] y, int yAt, int length);

    /** What {@code dy} is to the input of this position, to {@code out[0 … length)}. */
    abstract void pass(int input, int sample, int from, float[] dy, int dyAt, float[] out, int length);

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (dy.wanted() && (da.wanted() || db.wanted())) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        apply(sample, from, CpuMemory.values(y), (int) y.at(sample) + from, length);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] passed = scratch.of(worker);
        int at = dy.at(sample) + from;
        if (da.wanted()) {
            pass(0, sample, from, dy.values(), at, passed, length);
            da.receive(simd, sample, from, passed, 0, length);
        }
        if (db.wanted()) {
            pass(1, sample, from, dy.values(), at, passed, length);
            db.receive(simd, sample, from, passed, 0, length);
        }
    }

    /** {@code y = a·b}. */
    static final class Product extends PairKernel {
        Product(Binding binding, Cpu cpu) {
            super(binding, cpu);
        }

        @Override
        void apply(int sample, int from, float[] y, int yAt, int length) {
            simd.multiply(
                    CpuMemory.values(a),
                    (int) a.at(sample) + from,
                    CpuMemory.values(b),
                    (int) b.at(sample) + from,
                    y,
                    yAt,
                    length);
        }

        @Override
        void pass(int input, int sample, int from, float[] dy, int dyAt, float[] out, int length) {
            Region other = input == 0 ? b : a;
            simd.multiply(CpuMemory.values(other), (int) other.at(sample) + from, dy, dyAt, out, 0, length);
        }
    }

    /** {@code y = a − b}. */
    static final class Difference extends PairKernel {
        Difference(Binding binding, Cpu cpu) {
            super(binding, cpu);
        }

        @Override
        void apply(int sample, int from, float[] y, int yAt, int length) {
            simd.functions()
                    .subtract(
                            CpuMemory.values(a),
                            (int) a.at(sample) + from,
                            CpuMemory.values(b),
                            (int) b.at(sample) + from,
                            y,
                            yAt,
                            length);
        }

        @Override
        void pass(int input, int sample, int from, float[] dy, int dyAt, float[] out, int length) {
            System.arraycopy(dy, dyAt, out, 0, length);
            if (input == 1) {
                simd.scale(-1, out, 0, length);
            }
        }
    }
}
