package dev.fovea.opencl;

import dev.fovea.testkit.MemoryContract;
import dev.fovea.testkit.OpContract;
import dev.fovea.testkit.UpdateContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The contracts through OpenCL; operators without a kernel run on the CPU, with their transfers. */
@RequiresOpenCl
class OpenClContractTest {
    @TestFactory
    Stream<DynamicNode> operators() {
        return OpContract.dynamicTests(TestDevice::open);
    }

    @TestFactory
    Stream<DynamicNode> memory() {
        return MemoryContract.dynamicTests(TestDevice::open);
    }

    @TestFactory
    Stream<DynamicNode> updates() {
        return UpdateContract.dynamicTests(TestDevice::open);
    }
}
