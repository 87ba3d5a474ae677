package dev.fovea.opencl;

import dev.fovea.ops.Op;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.ClassCounts;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.simd.SimdChoice;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs operators on an OpenCL device, and those it has no kernel for on the CPU. Which these are is logged once an operator
 * and can be asked.
 */
public final class OpenClKernels implements Kernels {
    private static final Logger LOGGER = System.getLogger(OpenClKernels.class.getPackageName());

    /**
     * Whether a batch is moved to the device while it computes: {@code auto}, unless it is a processor, whose cores would do the moving;
     * {@code on}, always; {@code off}, never.
     */
    static final String OVERLAP = "fovea.opencl.overlap";

    private final ClWork work;
    private final MemoryKernels memory;
    private final int threads;
    private final Table table;
    private final boolean overlaps;
    private final List<Fallback> fallbacks = new ArrayList<>();
    private @Nullable CpuKernels cpu;

    /** What makes the kernel of an operator with what is fused behind it. */
    @FunctionalInterface
    private interface Table {
        Optional<Operator> of(Op op, Optional<Op> activation);
    }

    private OpenClKernels(ClWork work, int threads, Table table) {
        this.work = work;
        this.memory = new MemoryKernels(work);
        this.threads = threads;
        this.table = table;
        this.overlaps = Switch.isOn(OVERLAP, work.device().kind() != ClDevice.Kind.CPU);
    }

    /**
     * Opens a device.
     *
     * @param threads for operators that run on the CPU
     */
    static OpenClKernels open(ClDevice device, int threads) {
        return open(device, threads, Operators::of, ClAllocator.DRIVER);
    }

    /** The same with memory from where the allocator takes it. */
    static OpenClKernels open(ClDevice device, int threads, ClAllocator allocator) {
        return open(device, threads, Operators::of, allocator);
    }

    /** The same as if there were no kernels, so that all operators run on the CPU. */
    static OpenClKernels withoutOperators(ClDevice device, int threads) {
        return open(device, threads, (op, activation) -> Optional.empty(), ClAllocator.DRIVER);
    }

    private static OpenClKernels open(ClDevice device, int threads, Table table, ClAllocator allocator) {
        ClWork work = new ClWork(device, ProgramCache.ofUser(), allocator);
        try {
            return new OpenClKernels(work, threads, table);
        } catch (RuntimeException failed) {
            work.close();
            throw failed;
        }
    }

    /** What has been transferred to and from the device. */
    ClTraffic traffic() {
        return work.queue().traffic();
    }

    /**
     * Does something with models on this device and takes the times of its kernels, the longest first. Launches wait for one
     * another meanwhile.
     *
     * @param batch the samples that each launch is for, to know what it cannot do without
     */
    public List<KernelTime> profiled(int batch, Runnable work) {
        return this.work.queue().profiled(batch, work);
    }

    /** The operators bound so far that run on the CPU, each once. */
    public List<Fallback> fallbacks() {
        return List.copyOf(fallbacks);
    }

    @Override
    public String description() {
        return "OpenCL, " + work.device().info().id() + ", " + work.device().name() + ", "
                + work.device().units() + " compute units";
    }

    @Override
    public Memory allocate(String purpose, long floats) {
        return new ClBuffer(work.queue(), purpose, floats);
    }

    @Override
    public Memory allocateInPieces(String purpose, long floats) {
        boolean fits = floats <= work.device().largestBuffer() / Float.BYTES;
        return fits ? allocate(purpose, floats) : new ClPieces(work.queue(), purpose, floats);
    }

    @Override
    public Kernel bind(Binding binding) {
        Optional<Operator> operator = table.of(binding.op(), binding.activation());
        if (operator.isEmpty()) {
            return fallback(binding);
        }
        Kernel kernel = operator.get().bind(binding, work);
        Gradient gradient = binding.output().gradient();
        return binding.activation().isPresent() && gradient != null
                ? activated(kernel, binding.activation().get(), binding, gradient)
                : kernel;
    }

    /** Backward begins by taking the gradient of the output through the activation that is fused behind the operator. */
    private Kernel activated(Kernel kernel, Op activation, Binding binding, Gradient gradient) {
        DeviceRegion y = work.region(binding.output().value(), binding.output().shape(), binding.capacity());
        DeviceRegion dy = work.region(gradient.region(), binding.output().shape(), binding.capacity());
        ElementLoop mask = ElementKernels.activationGradient(
                work, FusedActivation.of(activation), binding.capacity(), dy, y, dy, false);
        return new Kernel() {
            @Override
            public void forward(Run run) {
                kernel.forward(run);
            }

            @Override
            public void backward(Run run) {
                mask.run(run.batch());
                kernel.backward(run);
            }
        };
    }

    private Kernel fallback(Binding binding) {
        String name = binding.op().name();
        if (fallbacks.stream().noneMatch(known -> known.operator().equals(name))) {
            fallbacks.add(new Fallback(binding.name(), name));
            LOGGER.log(
                    Level.WARNING,
                    "`" + name + "` (" + binding.name() + ") has no OpenCL kernel: it runs on the CPU, and its tensors"
                            + " are copied there and back in every step");
        }
        if (cpu == null) {
            cpu = new CpuKernels(threads, SimdChoice.best());
        }
        return new CpuFallback(binding, work, cpu);
    }

    @Override
    public Update bind(Optimizer optimizer, UpdateBinding binding) {
        return Updates.bind(optimizer, binding, work);
    }

    @Override
    public Optional<ClassCounts> classCounts(Operand prediction, Operand target, int capacity, boolean pairs) {
        return Optional.of(new CountKernel(prediction, target, capacity, pairs, work));
    }

    @Override
    public double sumOfSquares(Memory block, long offset, long length) {
        return memory.sumOfSquares(block, offset, length);
    }

    @Override
    public void scale(Memory block, long offset, long length, float factor) {
        memory.scale(block, offset, length, factor);
    }

    @Override
    public void clamp(Memory block, long offset, long length, float most) {
        memory.clamp(block, offset, length, most);
    }

    @Override
    public void blend(Memory target, Memory source, long offset, long length, float keep, float share) {
        memory.blend(target, source, offset, length, keep, share);
    }

    @Override
    public void writeAhead(long floats) {
        try {
            work.queue().moveAhead(overlaps ? floats : 0);
        } catch (DeviceException failed) { // it can be done without
            LOGGER.log(
                    Level.INFO,
                    "batches are moved to the device between its steps, not during them: " + failed.getMessage());
        }
    }

    @Override
    public long workspaceBytes() {
        return work.workspaceBytes();
    }

    @Override
    public void finish() {
        work.queue().finish();
    }

    @Override
    public void close() {
        if (cpu != null) {
            cpu.close();
            cpu = null;
        }
        work.close();
    }
}
