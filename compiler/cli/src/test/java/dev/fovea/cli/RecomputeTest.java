package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.device.Devices;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks whose tensors are made again for backward: the same training to the last bit, running statistics included, in less memory. */
class RecomputeTest {
    private static final String NET = """
            %s
            block Residual(x, channels: int) {
              let y = x
                -> conv1: conv(channels, kernel=3, padding=1, bias=false) -> bn1: batchnorm -> relu -> dropout(0.2)
                -> conv2: conv(channels, kernel=3, padding=1, bias=false) -> bn2: batchnorm
              return add(x, y) -> relu
            }

            block Dense(x) {
              let a = x -> conv(8, kernel=3, padding=1) -> tanh
              let b = concat(x, a) -> conv(8, kernel=1, bias=false) -> batchnorm
              return concat(x, a, b)
            }

            model Net {
              input image: [3, 20, 20]
              output logits = image
                -> stem: conv(16, kernel=3, padding=1) -> relu
                -> layer1: Residual(16)
                -> layer2: Residual(16)
                -> layer3: Residual(16)
                -> maxpool(2)
                -> layer4: Dense
                -> layer5: Dense
                -> global_avgpool
                -> fc: dense(5)
            }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "opencl:0"})
    void trainsToTheSameBitsInLessMemory(String device) throws Exception {
        boolean there = device.equals("cpu")
                || Devices.all().stream().anyMatch(found -> found.info().id().equals(device));
        if (!there && "required".equals(System.getenv("FOVEA_OPENCL"))) {
            throw new AssertionError("FOVEA_OPENCL=required, but there is no OpenCL device");
        }
        Assumptions.assumeTrue(there, "no OpenCL device");
        LoadedModel kept = loaded("");
        LoadedModel again = loaded("@recompute");
        assertThat(again.spec().trainingFloats()).isLessThan(kept.spec().trainingFloats() * 3 / 4);
        DeviceRun expected = DeviceRun.of(kept, device, 4, 3);
        DeviceRun.of(again, device, 4, 3).assertSameBits(expected);
    }

    private static LoadedModel loaded(String annotation) throws FoveaException {
        String text = NET.formatted(annotation).replace("block Dense", annotation + "\nblock Dense");
        StoredFile file = new StoredFile("net.cnn", text.getBytes(StandardCharsets.UTF_8));
        CheckResult result = Compiler.with(SourceRoots.onClassPath(Main.class.getClassLoader()))
                .check(List.of(file), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        return LoadedModel.of(result.models().get(0));
    }
}
