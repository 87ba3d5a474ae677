package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Lrn;
import dev.fovea.ops.Shape;
import dev.fovea.testkit.OpContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** That a fallback is told, and that its results are right. */
@RequiresOpenCl
class CpuFallbackTest {
    private static final Lrn LRN = new Lrn(3, 0.1f, 0.75f, 1, true);

    @Test
    void isToldOnceAModelAndOperator() {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel() == Level.WARNING) {
                    lines.add(line.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        try (OpenClKernels kernels = (OpenClKernels) TestDevice.openWithoutOperators()) {
            Logger logger = Logger.getLogger(CpuFallback.class.getPackageName());
            Level before = logger.getLevel();
            logger.setLevel(Level.WARNING);
            logger.setUseParentHandlers(false);
            logger.addHandler(handler);
            try (BoundOp one = new BoundOp(kernels, LRN, Optional.empty(), Shape.of(3, 4, 5), 2, 1);
                    BoundOp two = new BoundOp(kernels, LRN, Optional.empty(), Shape.of(6, 4, 5), 2, 1)) {
                one.step();
                two.step();
            } finally {
                logger.removeHandler(handler);
                logger.setUseParentHandlers(true);
                logger.setLevel(before);
            }
            assertThat(kernels.fallbacks()).containsExactly(new Fallback("layer1.0.lrn", "lrn"));
        }
        assertThat(lines)
                .containsExactly("`lrn` (layer1.0.lrn) has no OpenCL kernel: it runs on the CPU, and its tensors are"
                        + " copied there and back in every step");
    }

    /** Operators with state, with what is saved for the batch and for a sample, and with several inputs. */
    @TestFactory
    Stream<DynamicNode> keepsTheContract() {
        Set<String> some = Set.of("batchnorm", "maxpool", "dense", "concat");
        return OpContract.dynamicTests(TestDevice::openWithoutOperators, def -> some.contains(def.name()));
    }
}
