package dev.fovea.opencl;

import java.util.ArrayList;
import java.util.List;

/**
 * Workspace that all kernels of a model share: the queue runs them one after the other, so none finds what another left to
 * be of use, or minds. It is as long as the neediest kernel asked for when it was bound.
 */
final class ClScratch implements AutoCloseable {
    private final ClQueue queue;
    private final List<User> users = new ArrayList<>();
    private ClBuffer buffer;

    private record User(ClKernel kernel, int argument) {}

    /** Empty workspace. */
    ClScratch(ClQueue queue) {
        this.queue = queue;
        this.buffer = new ClBuffer(queue, "workspace", 0);
    }

    /**
     * Gives the workspace to a kernel as one of its arguments, for good.
     *
     * @throws dev.fovea.runtime.kernels.DeviceException when the device has not so much
     */
    void give(ClKernel kernel, int argument, long floats) {
        if (floats > buffer.length()) {
            ClBuffer longer = new ClBuffer(queue, "workspace", floats);
            buffer.close();
            buffer = longer;
            users.forEach(user -> user.kernel.set(user.argument, buffer));
        }
        users.add(new User(kernel, argument));
        kernel.set(argument, buffer);
    }

    /** Forgets a kernel that is about to be freed. */
    void take(ClKernel kernel) {
        users.removeIf(user -> user.kernel == kernel);
    }

    /** Reads the first floats, after all that was asked for has been done. */
    void read(float[] target, int count) {
        buffer.read(0, target, 0, count);
    }

    /** Its length. */
    long bytes() {
        return buffer.length() * Float.BYTES;
    }

    @Override
    public void close() {
        buffer.close();
    }
}
