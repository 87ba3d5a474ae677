package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.simd.Simd;
import java.util.ArrayList;
import java.util.List;

/** What a kernel works with: threads, SIMD primitives and workspace. One for all kernels of a model. */
public final class Cpu {
    private final Workers workers;
    private final Simd simd;
    private final Scratch scratch;
    private final Scratch common;
    private final ConvolutionWay convolutions;
    private final CpuHeap heap;
    private final List<Runnable> reservations = new ArrayList<>();
    private long ownedFloats;

    Cpu(Workers workers, Simd simd, ConvolutionWay convolutions, CpuHeap heap) {
        this.convolutions = convolutions;
        this.workers = workers;
        this.simd = simd;
        this.heap = heap;
        this.scratch = new Scratch(workers.threads(), heap);
        this.common = new Scratch(1, heap);
    }

    /** The threads. */
    public Workers workers() {
        return workers;
    }

    /** Which way convolutions are to go. */
    public ConvolutionWay convolutions() {
        return convolutions;
    }

    /** The inner loops. */
    public Simd simd() {
        return simd;
    }

    /**
     * Workspace for each worker, shared by all kernels and so without meaning from one run of tiles to the next. Asked
     * for when binding; {@link Scratch#of} gives it to a tile.
     *
     * @param floatsPerWorker how much of it the kernel needs
     */
    public Scratch scratch(long floatsPerWorker) {
        scratch.reserve(floatsPerWorker);
        return scratch;
    }

    /**
     * Workspace that all workers see, entry 0 of what is returned; shared by all kernels and so without meaning from one
     * call of a kernel to the next.
     */
    public Scratch common(long floats) {
        common.reserve(floats);
        return common;
    }

    /** Workspace of one kernel alone, filled with zeros: partial sums of tiles and the like. */
    public float[] workspace(long floats) {
        return CpuMemory.values(memory(floats));
    }

    /** {@link #workspace} as memory that regions can lie in. */
    public Memory memory(long floats) {
        ownedFloats += floats;
        return heap.take("workspace", floats);
    }

    /**
     * What a kernel asks for when all that it may {@linkplain dev.fovea.runtime.kernels.Kernel#absorb take over} is known, and how its tensors lie;
     * of a kernel bound later, as soon as it is.
     */
    public void whenReady(Runnable reservation) {
        reservations.add(reservation);
    }

    /** Runs what waited for this; a kernel that binds another while it does may have more wait. */
    void ready() {
        while (!reservations.isEmpty()) {
            List<Runnable> waiting = List.copyOf(reservations);
            reservations.clear();
            waiting.forEach(Runnable::run);
        }
    }

    /** The activation fused behind an operator; one that does nothing when there is none. */
    public Activation activation(Binding binding) {
        return Activations.of(binding.activation(), simd);
    }

    long workspaceBytes() {
        return Float.BYTES * (ownedFloats + scratch.floats() + common.floats());
    }
}
