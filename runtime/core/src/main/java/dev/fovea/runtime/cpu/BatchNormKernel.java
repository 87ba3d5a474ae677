package dev.fovea.runtime.cpu;

import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation (Ioffe and Szegedy 2015): the parameters and the statistics of a channel. How the elements of a
 * channel lie decides the loops: {@link BatchNormPlanes}, {@link BatchNormSmallPlanes}, {@link
 * BatchNormVectors}.
 *
 * <p>The variance is Σ(x − m)²/n with m close to the mean, less the square of what m lacks: no cancellation, whatever
 * the mean. Sums over planes and all arithmetic on statistics are in double. With x̂ = (x − mean)·d, d = 1/√(var + eps),
 * backward is
 *
 * <pre>dweight = Σ dy·x̂, dbias = Σ dy, dx = weight·d·(dy − dbias/n − x̂·dweight/n)</pre>
 *
 * and, where the running statistics serve, {@code dx = weight·d·dy}.
 *
 * <p>Floor for N floats: forward reads N and writes N, backward reads 2·N and writes N, as long as one channel of the
 * whole batch fits the second-level cache: a tile is a channel.
 */
abstract class BatchNormKernel implements Blockable {
    final Simd simd;
    final Activation activation;
    final Region x;
    final Region y;
    final GradientRegion dx;
    final GradientRegion dy;
    final int channels;
    final int area;
    private final BatchNorm op;
    private final boolean affine;
    private final Region weight;
    private final Region bias;
    private final GradientRegion weightGradient;
    private final GradientRegion biasGradient;
    private final Region runningMean;
    private final Region runningVariance;
    private final float[] ownStatistics;
    private final boolean saves;
    private final Region saved;
    private boolean training;
    private boolean moves;
    private int batch;
    private final Cpu cpu;
    private final Shape shape;
    private final int capacity;
    private @Nullable BlockedBatchNorm blocked;
    private @Nullable BlockedBatchNormTraining blockedTraining;
    private @Nullable BlockedBatchNormGradient blockedGradient;

    BatchNormKernel(Binding binding, Cpu cpu) {
        op = (BatchNorm) binding.op();
        this.cpu = cpu;
        simd = cpu.simd();
        shape = binding.output().shape();
        capacity = binding.capacity();
        activation = cpu.activation(binding);
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        channels = shape.channels();
        area = shape.area();
        List<ParameterOperand> parameters = binding.parameters();
        affine = op.affine();
        weight = parameters.get(0).value();
        bias = parameters.get(1).value();
        weightGradient = GradientRegion.of(parameters.get(0));
        biasGradient = GradientRegion.of(parameters.get(1));
        runningMean = parameters.get(parameters.size() - 2).value();
        runningVariance = parameters.get(parameters.size() - 1).value();
        saves = binding.savedPerBatch().isPresent();
        saved = binding.savedPerBatch().orElse(y);
        ownStatistics = saves ? new float[0] : cpu.workspace(2L * channels);
    }

    static Kernel of(Binding binding, Cpu cpu) {
        int area = binding.output().shape().area();
        if (area == 1) {
            return new BatchNormVectors(binding, cpu);
        }
        return BatchNormSmallPlanes.fits(area, binding.capacity())
                ? new BatchNormSmallPlanes(binding, cpu)
                : new BatchNormPlanes(binding, cpu);
    }

    abstract void forwardChannels();

    abstract void backwardChannels();

    @Override
    public boolean canBlock() {
        return BlockRows.fits(simd, shape);
    }

    @Override
    public void lay(boolean inputInBlocks, boolean outputInBlocks) {
        blocked = inputInBlocks ? new BlockedBatchNorm(this, capacity, cpu) : null;
        boolean trains = saves || dx.wanted() || dy.wanted();
        BlockParts parts = new BlockParts(cpu.workers(), channels, area, capacity);
        blockedTraining = blocked != null && trains ? new BlockedBatchNormTraining(this, blocked, parts, cpu) : null;
        blockedGradient = blocked != null && dy.wanted() ? new BlockedBatchNormGradient(this, parts, cpu) : null;
    }

    /** Whether {@link #lay} has said that its tensors lie in channel blocks. */
    final boolean isInBlocks() {
        return blocked != null;
    }

    /**
     * From now on another tensor is added to what is normalised, in channel blocks; there is no other activation.
     *
     * @param other of the output's shape and order
     * @param of applied to the sum
     */
    final void add(Region other, Activation of) {
        if (blocked == null) {
            throw new IllegalStateException("only what lies in channel blocks is added to");
        }
        blocked.add(other, of);
    }

    @Override
    public void forward(Run run) {
        begin(run);
        if (blocked == null) {
            forwardChannels();
        } else if (training && blockedTraining != null) {
            blockedTraining.forward();
        } else {
            blocked.forward();
        }
        if (moves) {
            CpuMemory.change(runningMean.memory());
        }
    }

    @Override
    public void backward(Run run) {
        if (dy.wanted()) {
            begin(run);
            if (blockedGradient != null) {
                blockedGradient.backward();
            } else {
                backwardChannels();
            }
        }
    }

    private void begin(Run run) {
        training = run.training();
        moves = training && !run.isAgain();
        batch = run.batch();
    }

    final boolean training() {
        return training;
    }

    final int batch() {
        return batch;
    }

    /** The elements of a channel in the whole batch. */
    final double count() {
        return (double) batch * area;
    }

    /**
     * Keeps a channel's statistics for backward and moves the running ones.
     *
     * @param centre a number close to the mean
     * @param squares the sum of the squared distances from the centre
     */
    final void learn(int channel, double mean, float centre, double squares) {
        double count = count();
        double lacking = mean - centre;
        double variance = Math.max(0, squares / count - lacking * lacking);
        float[] statistics = statistics();
        int at = statisticsAt();
        statistics[at + channel] = (float) mean;
        statistics[at + channels + channel] = (float) (1 / Math.sqrt(variance + op.eps()));
        double unbiased = count > 1 ? variance * count / (count - 1) : 0;
        if (moves) {
            move(runningMean, channel, mean);
            move(runningVariance, channel, unbiased);
        }
    }

    private void move(Region running, int channel, double statistic) {
        int at = (int) running.offset() + channel;
        float[] values = CpuMemory.values(running);
        values[at] = (float) ((1.0 - op.momentum()) * values[at] + op.momentum() * statistic);
    }

    /** What is subtracted from a channel. */
    final float mean(int channel) {
        return training
                ? statistics()[statisticsAt() + channel]
                : CpuMemory.values(runningMean)[(int) runningMean.offset() + channel];
    }

    /** What it is then multiplied by, the weight not counted: 1/√(var + eps). */
    final double inverseDeviation(int channel) {
        return training
                ? statistics()[statisticsAt() + channels + channel]
                : 1
                        / Math.sqrt((double) CpuMemory.values(runningVariance)[(int) runningVariance.offset() + channel]
                                + op.eps());
    }

    /** Puts down the mean, {@code distance} floats on the factor, and as much further on the bias. */
    final void numbers(int channel, float[] numbers, int at, int distance) {
        numbers[at] = mean(channel);
        numbers[at + distance] = (float) (weight(channel) * inverseDeviation(channel));
        numbers[at + 2 * distance] = bias(channel);
    }

    final float weight(int channel) {
        return affine ? CpuMemory.values(weight)[(int) weight.offset() + channel] : 1;
    }

    final float bias(int channel) {
        return affine ? CpuMemory.values(bias)[(int) bias.offset() + channel] : 0;
    }

    /** The parameters' gradients from Σ dy·(x − mean) and Σ dy. */
    final void storeGradients(int channel, double dot, double sum) {
        if (affine) {
            weightGradient.receive(channel, dot * inverseDeviation(channel));
            biasGradient.receive(channel, sum);
        }
    }

    private float[] statistics() {
        return saves ? CpuMemory.values(saved) : ownStatistics;
    }

    private int statisticsAt() {
        return saves ? (int) saved.offset() : 0;
    }
}
