package dev.fovea.opencl;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import dev.fovea.ops.OpDef;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.testkit.MemoryContract;
import dev.fovea.testkit.OpContract;
import dev.fovea.testkit.UpdateContract;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The contracts through OpenCL, with work cut as for the device at hand and, whatever it is, as for a GPU. Operators without
 * a kernel run on the CPU, with their transfers.
 */
@RequiresOpenCl
class OpenClContractTest {
    @TestFactory
    Stream<DynamicNode> asTheDeviceIs() {
        return contracts(TestDevice::open);
    }

    @TestFactory
    Stream<DynamicNode> asForGpu() {
        return contracts(TestDevice::openAsGpu);
    }

    private static Stream<DynamicNode> contracts(Supplier<Kernels> kernels) {
        return Stream.of(
                container("operators", OpContract.dynamicTests(kernels, OpenClContractTest::isWanted)),
                container("memory", MemoryContract.dynamicTests(kernels)),
                container("updates", UpdateContract.dynamicTests(kernels)));
    }

    private static DynamicContainer container(String name, Stream<DynamicNode> tests) {
        return dynamicContainer(name, tests);
    }

    /** {@code -Dfovea.contract=conv,dense} leaves the operators at these. */
    private static boolean isWanted(OpDef<?> operator) {
        String names = System.getProperty("fovea.contract", "");
        return names.isEmpty() || List.of(names.split(",")).contains(operator.name());
    }
}
