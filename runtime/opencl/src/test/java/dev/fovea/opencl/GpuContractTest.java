package dev.fovea.opencl;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The contracts through OpenCL, with work cut as for a GPU, whatever the device is: a class of its own, so that it builds its kernels beside the other. */
@RequiresOpenCl
class GpuContractTest {
    @TestFactory
    Stream<DynamicNode> asForGpu() {
        return Contracts.of(TestDevice::openAsGpu);
    }
}
