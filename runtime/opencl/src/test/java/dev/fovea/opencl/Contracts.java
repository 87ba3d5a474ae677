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
import org.junit.jupiter.api.DynamicNode;

/** What is asked of every device. Operators without a kernel run on the CPU, with their transfers. */
final class Contracts {
    private Contracts() {}

    static Stream<DynamicNode> of(Supplier<Kernels> kernels) {
        return Stream.of(
                dynamicContainer("operators", OpContract.dynamicTests(kernels, Contracts::isWanted)),
                dynamicContainer("memory", MemoryContract.dynamicTests(kernels)),
                dynamicContainer("updates", UpdateContract.dynamicTests(kernels)));
    }

    /** {@code -Dfovea.contract=conv,dense} leaves the operators at these. */
    private static boolean isWanted(OpDef<?> operator) {
        String names = System.getProperty("fovea.contract", "");
        return names.isEmpty() || List.of(names.split(",")).contains(operator.name());
    }
}
