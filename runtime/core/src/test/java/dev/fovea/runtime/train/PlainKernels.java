package dev.fovea.runtime.train;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Mse;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import java.util.ArrayList;
import java.util.List;

/** A device of plain loops with the few operators that the tests of training need: what is tested does not lean on the CPU's kernels. */
final class PlainKernels implements Kernels {
    private final List<PlainMemory> allocated = new ArrayList<>();
    private boolean closed;

    /** Whether everything handed out was given back. */
    boolean isClean() {
        return closed && allocated.stream().allMatch(memory -> memory.closed);
    }

    @Override
    public String description() {
        return "plain loops";
    }

    @Override
    public Memory allocate(String purpose, long floats) {
        PlainMemory memory = new PlainMemory(new float[(int) floats]);
        allocated.add(memory);
        return memory;
    }

    @Override
    public Kernel bind(Binding binding) {
        if (binding.op() instanceof Dense) {
            return new DenseLoops(binding);
        } else if (binding.op() instanceof CrossEntropy) {
            return new CrossEntropyLoops(binding);
        } else if (binding.op() instanceof Mse) {
            return new MseLoops(binding);
        }
        throw new IllegalArgumentException(binding.op().name());
    }

    @Override
    public Update bind(Optimizer optimizer, UpdateBinding binding) {
        Sgd sgd = (Sgd) optimizer;
        return (rate, step) -> {
            for (UpdateBinding.Range range : binding.ranges()) {
                for (long i = range.offset(); i < range.offset() + range.length(); i++) {
                    float gradient = at(binding.gradients(), i) + sgd.weightDecay() * at(binding.parameters(), i);
                    if (sgd.momentum() > 0) {
                        gradient += sgd.momentum() * at(binding.state(), i);
                        set(binding.state(), i, gradient);
                    }
                    set(binding.parameters(), i, at(binding.parameters(), i) - rate * gradient);
                }
            }
        };
    }

    @Override
    public double sumOfSquares(Memory memory, long offset, long length) {
        double sum = 0;
        for (long i = offset; i < offset + length; i++) {
            sum += (double) at(memory, i) * at(memory, i);
        }
        return sum;
    }

    @Override
    public void scale(Memory memory, long offset, long length, float factor) {
        for (long i = offset; i < offset + length; i++) {
            set(memory, i, at(memory, i) * factor);
        }
    }

    @Override
    public void clamp(Memory memory, long offset, long length, float most) {
        for (long i = offset; i < offset + length; i++) {
            set(memory, i, Math.max(-most, Math.min(most, at(memory, i))));
        }
    }

    @Override
    public void blend(Memory target, Memory source, long offset, long length, float keep, float share) {
        for (long i = offset; i < offset + length; i++) {
            set(target, i, (keep == 0 ? 0 : keep * at(target, i)) + share * at(source, i));
        }
    }

    @Override
    public long workspaceBytes() {
        return 0;
    }

    @Override
    public void finish() {}

    @Override
    public void close() {
        closed = true;
    }

    private static float at(Memory memory, long index) {
        return ((PlainMemory) memory).values[(int) index];
    }

    private static void set(Memory memory, long index, float value) {
        ((PlainMemory) memory).values[(int) index] = value;
    }

    private static float at(Region region, int sample, int index) {
        return at(region.memory(), region.at(sample) + index);
    }

    private static void put(Gradient gradient, int sample, int index, float value, boolean first) {
        Region region = gradient.region();
        long at = region.at(sample) + index;
        set(region.memory(), at, first && !gradient.accumulate() ? value : at(region.memory(), at) + value);
    }

    private record DenseLoops(Binding binding) implements Kernel {
        @Override
        public void forward(Run run) {
            Region x = binding.input().value();
            Region weight = binding.parameters().get(0).value();
            Region bias = binding.parameters().get(1).value();
            Region y = binding.output().value();
            int inputs = (int) binding.input().shape().size();
            for (int sample = 0; sample < run.batch(); sample++) {
                for (int unit = 0; unit < binding.output().shape().size(); unit++) {
                    float sum = at(bias, 0, unit);
                    for (int i = 0; i < inputs; i++) {
                        sum += at(weight, 0, unit * inputs + i) * at(x, sample, i);
                    }
                    set(y.memory(), y.at(sample) + unit, sum);
                }
            }
        }

        @Override
        public void backward(Run run) {
            Region x = binding.input().value();
            Region weight = binding.parameters().get(0).value();
            Region upstream = binding.output().gradient().region();
            Gradient dx = binding.input().gradient();
            int inputs = (int) binding.input().shape().size();
            for (int sample = 0; sample < run.batch(); sample++) {
                for (int unit = 0; unit < binding.output().shape().size(); unit++) {
                    float dy = at(upstream, sample, unit);
                    put(binding.parameters().get(1).gradient(), 0, unit, dy, sample == 0);
                    for (int i = 0; i < inputs; i++) {
                        int at = unit * inputs + i;
                        put(binding.parameters().get(0).gradient(), 0, at, dy * at(x, sample, i), sample == 0);
                        if (dx != null) {
                            put(dx, sample, i, dy * at(weight, 0, at), unit == 0);
                        }
                    }
                }
            }
        }
    }

    private record CrossEntropyLoops(Binding binding) implements Kernel {
        @Override
        public void forward(Run run) {
            Region y = binding.output().value();
            for (int sample = 0; sample < run.batch(); sample++) {
                int label = (int) at(binding.inputs().get(1).value(), sample, 0);
                set(y.memory(), y.at(sample), (float) -Math.log(probability(sample, label)));
            }
        }

        @Override
        public void backward(Run run) {
            Operand logits = binding.input();
            for (int sample = 0; sample < run.batch(); sample++) {
                int label = (int) at(binding.inputs().get(1).value(), sample, 0);
                float dy = at(binding.output().gradient().region(), sample, 0);
                for (int c = 0; c < logits.shape().size(); c++) {
                    float gradient = (float) (dy * (probability(sample, c) - (c == label ? 1 : 0)));
                    put(logits.gradient(), sample, c, gradient, true);
                }
            }
        }

        private double probability(int sample, int wanted) {
            Region x = binding.input().value();
            int classes = (int) binding.input().shape().size();
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                most = Math.max(most, at(x, sample, c));
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(at(x, sample, c) - most);
            }
            return Math.exp(at(x, sample, wanted) - most) / sum;
        }
    }

    private record MseLoops(Binding binding) implements Kernel {
        @Override
        public void forward(Run run) {
            Region y = binding.output().value();
            int size = (int) binding.input().shape().size();
            for (int sample = 0; sample < run.batch(); sample++) {
                double sum = 0;
                for (int i = 0; i < size; i++) {
                    sum += Math.pow(difference(sample, i), 2);
                }
                set(y.memory(), y.at(sample), (float) (sum / size));
            }
        }

        @Override
        public void backward(Run run) {
            int size = (int) binding.input().shape().size();
            for (int sample = 0; sample < run.batch(); sample++) {
                float dy = at(binding.output().gradient().region(), sample, 0);
                for (int i = 0; i < size; i++) {
                    put(binding.input().gradient(), sample, i, 2 * difference(sample, i) * dy / size, true);
                }
            }
        }

        private float difference(int sample, int i) {
            return at(binding.input().value(), sample, i)
                    - at(binding.inputs().get(1).value(), sample, i);
        }
    }

    private static final class PlainMemory implements Memory {
        private final float[] values;
        private boolean closed;

        PlainMemory(float[] values) {
            this.values = values;
        }

        @Override
        public long length() {
            return values.length;
        }

        @Override
        public void write(long offset, float[] source, int from, int count) {
            System.arraycopy(source, from, values, (int) offset, count);
        }

        @Override
        public void read(long offset, float[] target, int to, int count) {
            System.arraycopy(values, (int) offset, target, to, count);
        }

        @Override
        public void fill(long offset, long count, float value) {
            java.util.Arrays.fill(values, (int) offset, (int) (offset + count), value);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
