package dev.fovea.opencl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jocl.Pointer;
import org.jocl.Sizeof;

/**
 * Host memory that the transfers of a queue pass through, one for all its buffers. It is as long as the longest transfer so far,
 * up to a limit: longer ones go in parts.
 *
 * <p>A transfer is over before this memory is used again. JOCL would let the driver go on with it, but then waits for its event in
 * a thread of its own, one for each transfer, and looks at that event when we may have given it back.
 */
final class ClStaging {
    /** Floats that pass at a time at most: 1 MiB. */
    static final int FLOATS = 1 << 18;

    private FloatBuffer floats = FloatBuffer.allocate(0);
    private Pointer pointer = new Pointer();

    /** The memory, emptied, for so many floats or more. */
    FloatBuffer floats(int wanted) {
        if (floats.capacity() < wanted) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(wanted * Sizeof.cl_float);
            floats = bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
            pointer = Pointer.to(bytes);
        }
        return floats.clear();
    }

    /** The same for a driver, after {@link #floats}. */
    Pointer pointer() {
        return pointer;
    }
}
