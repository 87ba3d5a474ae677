package dev.fovea.opencl;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The contracts through OpenCL, with work cut as for the device at hand. */
@RequiresOpenCl
class OpenClContractTest {
    @TestFactory
    Stream<DynamicNode> asTheDeviceIs() {
        return Contracts.of(TestDevice::open);
    }
}
