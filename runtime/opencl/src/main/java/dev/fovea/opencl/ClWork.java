package dev.fovea.opencl;

import dev.fovea.opencl.ClDevice.Kind;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Region;
import java.util.ArrayList;
import java.util.List;

/** What a kernel works with: the queue, the programs and the workspace of one model. It owns all that is asked of it. */
final class ClWork implements AutoCloseable {
    private final ClContext context;
    private final ClQueue queue;
    private final Programs programs;
    private final ClScratch scratch;
    private final TileTuning tuning;
    private final List<ClHandle> owned = new ArrayList<>();
    private long tableBytes;

    /**
     * Opens a device.
     *
     * @throws dev.fovea.runtime.kernels.DeviceException when that fails; nothing stays open then
     */
    ClWork(ClDevice device, ProgramCache cache) {
        this(device, cache, ClAllocator.DRIVER);
    }

    /** The same with memory from where the allocator takes it. */
    ClWork(ClDevice device, ProgramCache cache, ClAllocator allocator) {
        tuning = new TileTuning(device, cache);
        context = new ClContext(device, allocator);
        ClQueue opened = null;
        try {
            opened = new ClQueue(context);
            scratch = new ClScratch(opened);
        } catch (RuntimeException failed) {
            if (opened != null) {
                opened.close();
            }
            context.close();
            throw failed;
        }
        queue = opened;
        programs = new Programs(context, cache);
    }

    /** The device. */
    ClDevice device() {
        return context.device();
    }

    /** The queue. */
    ClQueue queue() {
        return queue;
    }

    /** Workspace shared by all kernels. */
    ClScratch scratch() {
        return scratch;
    }

    /** A kernel of a program, see {@link Programs#kernel}; closed with this. */
    ClKernel kernel(String file, Defines defines, String name) {
        ClKernel kernel = programs.kernel(file, defines, name);
        owned.add(kernel);
        return kernel;
    }

    /** Builds programs side by side, see {@link Programs#prepare}. */
    void prepare(List<Programs.Variant> variants) {
        programs.prepare(variants);
    }

    /** Closes a kernel before the others. */
    void free(ClKernel kernel) {
        owned.remove(kernel);
        kernel.close();
    }

    /** What decides how products are cut. */
    TileTuning tuning() {
        return tuning;
    }

    /** A constant table of an operator on the device; closed with this. */
    ClBuffer table(String purpose, float[] values) {
        ClBuffer buffer = new ClBuffer(queue, purpose, values.length);
        owned.add(buffer);
        buffer.write(0, values, 0, values.length);
        tableBytes += (long) values.length * Float.BYTES;
        return buffer;
    }

    /** A constant table of whole numbers: the same floats, bit by bit; closed with this. */
    ClBuffer table(String purpose, int[] values) {
        float[] bits = new float[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.intBitsToFloat(values[i]);
        }
        return table(purpose, bits);
    }

    /** Memory of one kernel alone; closed with this. */
    ClBuffer memory(String purpose, long floats) {
        ClBuffer buffer = new ClBuffer(queue, purpose, floats);
        owned.add(buffer);
        tableBytes += floats * Float.BYTES;
        return buffer;
    }

    /** A checked region of memory on this device. */
    DeviceRegion region(Region region, Shape shape, int samples) {
        return DeviceRegion.of(queue, region, shape.size(), samples);
    }

    /**
     * A grid for work in which every element is independent of the others: elements along the first axis, samples along the
     * second.
     *
     * @param elements how many there will be along the first axis, at most
     */
    Grid elementGrid(ClKernel kernel, long elements) {
        int widest = device().kind() == Kind.CPU ? 1024 : 256;
        long most = Math.min(
                Math.min(widest, kernel.largestGroup()), device().groupLimits().get(0));
        long group = Long.highestOneBit(most);
        while (group > 64 && group / 2 >= elements) {
            group /= 2;
        }
        return new Grid(group, 1);
    }

    /** Launches a kernel with one item for each element of what it writes along axis 0, one sample along axis 1. */
    Step elements(ClKernel kernel, DeviceRegion written) {
        return elements(kernel, written.size());
    }

    /** The same for so many elements of a sample. */
    Step elements(ClKernel kernel, long size) {
        Grid grid = elementGrid(kernel, size);
        return batch -> kernel.launch(queue, grid.items(size, batch));
    }

    /** Work-items that share a reduction: a power of two, 1 on a CPU, whose items run one after the other. */
    int reductionItems(long elements) {
        if (device().kind() == Kind.CPU) {
            return 1;
        }
        long most = Math.min(
                Math.min(256, device().largestGroup()), device().groupLimits().get(0));
        return (int) Math.min(Long.highestOneBit(most), Long.highestOneBit(Math.max(1, elements)));
    }

    /** Floats that an item of a reduction takes at a time. */
    int reductionVector() {
        return device().kind() == Kind.CPU
                ? Math.min(16, Integer.highestOneBit(Math.max(1, device().vectorWidth())))
                : 1;
    }

    /** Bytes held on the device beside the memory handed out. */
    long workspaceBytes() {
        return scratch.bytes() + tableBytes + queue.bytesToMoveAhead();
    }

    @Override
    public void close() {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).close();
        }
        owned.clear();
        scratch.close();
        programs.close();
        queue.close();
        context.close();
    }
}
