package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.kernels.DeviceFullException;
import dev.fovea.runtime.kernels.Region;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory in several buffers. */
@RequiresOpenCl
class ClPiecesTest {
    private ClContext context;
    private ClQueue queue;

    @BeforeEach
    void open() {
        context = new ClContext(TestDevice.first().withLargestBuffer(100 * Float.BYTES));
        queue = new ClQueue(context);
    }

    @AfterEach
    void close() {
        queue.close();
        context.close();
        assertThat(ClHandle.open()).isEmpty();
    }

    @Test
    void aRangeWithinAPartIsFoundThere() {
        try (ClPieces pieces = new ClPieces(queue, "activations", 270)) {
            assertThat(pieces.length()).isEqualTo(270);
            assertThat(pieces.buffers()).isEqualTo(3);
            Region first = pieces.piece(0, 90, 9);
            Region second = pieces.piece(95, 80, 8);
            assertThat(first.offset()).isZero();
            assertThat(first.stride()).isEqualTo(9);
            assertThat(second.offset()).isEqualTo(5);
            assertThat(second.memory()).isNotSameAs(first.memory());
            assertThat(pieces.piece(10, 20, 2).memory()).isSameAs(first.memory());
            assertThat(pieces.piece(180, 90, 90).offset()).isZero();
            assertThat(pieces.buffers()).isEqualTo(3);
        }
    }

    @Test
    void aRangeOverACutHasRoomOfItsOwn() {
        try (ClPieces pieces = new ClPieces(queue, "activations", 270)) {
            Region over = pieces.piece(80, 20, 2);
            assertThat(pieces.piece(80, 20, 2)).as("the same range").isEqualTo(over);
            assertThat(over.offset()).isZero();
            assertThat(pieces.buffers()).isEqualTo(4);
            Region other = pieces.piece(89, 15, 15);
            assertThat(other.memory()).as("at another time").isSameAs(over.memory());
            Region longer = pieces.piece(50, 100, 1);
            assertThat(longer.memory().length()).isEqualTo(100);
            assertThat(pieces.piece(80, 20, 2)).as("stays where it was").isEqualTo(over);
            assertThat(pieces.piece(170, 20, 1).memory()).as("another cut").isNotIn(over.memory(), longer.memory());
            assertThat(pieces.buffers()).isEqualTo(6);
        }
        assertThat(context.bytesTaken()).isZero();
    }

    @Test
    void whatNoBufferCanHoldIsRefused() {
        try (ClPieces pieces = new ClPieces(queue, "activations", 270)) {
            assertThatThrownBy(() -> pieces.piece(20, 101, 1))
                    .isInstanceOf(DeviceFullException.class)
                    .hasMessageContaining("more than one buffer can hold");
            assertThatThrownBy(() -> pieces.piece(200, 71, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> pieces.piece(-1, 10, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    /** The arena of a model, cut at every thirtieth of it or so. */
    @Test
    void aModelInPiecesTrainsToTheSameBits() throws Exception {
        int batch = 16;
        List<float[]> whole = trained(TestDevice.first(), batch, false);
        long most = 210L * batch * Float.BYTES; // its largest tensor just fits
        List<float[]> cut = trained(TestDevice.first().withLargestBuffer(most), batch, true);
        assertThat(cut).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(cut.get(i)).isEqualTo(whole.get(i));
        }
    }

    private static List<float[]> trained(ClDevice device, int batch, boolean pieces) throws Exception {
        try (SmallNet net = new SmallNet(OpenClKernels.open(device, 1), batch)) {
            assertThat(SmallNet.SPEC.trainingFloats() * batch * Float.BYTES > device.largestBuffer())
                    .isEqualTo(pieces);
            net.train(5);
            return net.values();
        }
    }
}
