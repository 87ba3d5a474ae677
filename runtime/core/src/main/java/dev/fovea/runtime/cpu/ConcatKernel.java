package dev.fovea.runtime.cpu;

import dev.fovea.ops.Concat;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensors one behind the other along an axis. An input whose producer has written it where it belongs, as a slice of the
 * output, is left alone, and so is its gradient; of any other, N floats are read and N written, each way.
 */
final class ConcatKernel implements AnyOrder {
    private final List<Part> parts = new ArrayList<>();
    private final boolean blocks;

    ConcatKernel(Binding binding, Cpu cpu) {
        int axis = ((Concat) binding.op()).axis();
        int before = 0;
        for (int i = 0; i < binding.inputs().size(); i++) {
            int run = runLength(binding.inputs().get(i).shape(), axis);
            parts.add(new Part(binding, i, before, run, cpu));
            before += run;
        }
        blocks = axis == 0 && binding.inputShapes().stream().allMatch(shape -> shape.channels() % BlockSimd.SIZE == 0);
    }

    /** Along the channels, where no block is of two inputs: then each is in one piece in either order, at the same place. */
    @Override
    public boolean canBlock() {
        return blocks;
    }

    @Override
    public void forward(Run run) {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).forward(run);
        }
    }

    @Override
    public void backward(Run run) {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).backward(run);
        }
    }

    /** The elements from one position along the axes before this one to the next: they lie together. */
    private static int runLength(Shape shape, int axis) {
        int length = 1;
        for (int i = axis; i < shape.rank(); i++) {
            length *= shape.extent(i);
        }
        return length;
    }

    /** One input: its runs of {@code run} floats go to the output every {@code pitch} floats. */
    private static final class Part implements Kernel {
        private final Simd simd;
        private final int before;
        private final int run;
        private final int pitch;
        private final Region x;
        private final Region y;
        private final GradientRegion dx;
        private final GradientRegion dy;
        private final boolean copies;
        private final boolean copiesGradient;
        private final Elementwise forward;
        private final Elementwise backward;

        Part(Binding binding, int index, int before, int run, Cpu cpu) {
            simd = cpu.simd();
            this.before = before;
            this.run = run;
            pitch = runLength(binding.output().shape(), ((Concat) binding.op()).axis());
            x = binding.inputs().get(index).value();
            y = binding.output().value();
            dx = GradientRegion.of(binding.inputs().get(index));
            dy = GradientRegion.of(binding.output());
            long size = binding.inputs().get(index).shape().size();
            boolean whole = run == size;
            copies = !(whole && x.equals(slice(y)));
            copiesGradient =
                    dx.wanted() && dy.wanted() && !(whole && dx.region().equals(slice(dy.region())));
            // Longer runs are still cut: a run may be a whole sample.
            forward = new Elementwise(cpu.workers(), size, this::forward);
            backward = new Elementwise(cpu.workers(), size, this::backward);
        }

        private Region slice(Region whole) {
            return new Region(whole.memory(), whole.offset() + before, whole.stride());
        }

        @Override
        public void forward(Run step) {
            if (copies) {
                forward.run(step.batch());
            }
        }

        @Override
        public void backward(Run step) {
            if (copiesGradient) {
                backward.run(step.batch());
            }
        }

        private void forward(int sample, int from, int length, int worker) {
            float[] source = CpuMemory.values(x);
            float[] target = CpuMemory.values(y);
            int sourceAt = (int) x.at(sample);
            int targetAt = (int) y.at(sample);
            for (int at = from; at < from + length; at = endOfRun(at)) {
                int count = Math.min(endOfRun(at), from + length) - at;
                System.arraycopy(source, sourceAt + at, target, targetAt + inOutput(at), count);
            }
        }

        private void backward(int sample, int from, int length, int worker) {
            float[] source = dy.values();
            int sourceAt = dy.at(sample);
            for (int at = from; at < from + length; at = endOfRun(at)) {
                int count = Math.min(endOfRun(at), from + length) - at;
                dx.receive(simd, sample, at, source, sourceAt + inOutput(at), count);
            }
        }

        private int endOfRun(int at) {
            return (at / run + 1) * run;
        }

        private int inOutput(int at) {
            return at / run * pitch + before + at % run;
        }
    }
}
