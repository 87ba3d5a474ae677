package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A generated class runs up to an output: through blocks, branches that join and tensors that are others under a new shape. */
class ForwardToTest {
    private static final int BATCH = 3;
    private static final String NET = """
        block Residual(x) {
          let y = x -> conv1: conv(x.channels, kernel=3, padding=1, bias=false) -> bn1: batchnorm -> relu
          return add(x, y) -> relu
        }

        model Net {
          input image: [2, 6, 6]
          output(train) aux = image -> global_avgpool -> auxiliary: dense(2)
          output stem = image -> conv1: conv(4, kernel=3, padding=1) -> relu
          output joined = concat(stem, stem -> Residual)
          output flat = joined -> maxpool(2) -> flatten
          output hidden = flat -> fc1: dense(7) -> sigmoid -> dropout(0.5)
          output shaped = hidden -> fc2: dense(8) -> reshape([2, 4])
          output logits = shaped -> flatten -> fc3: dense(3)
        }
        """;

    @Test
    void anOutputIsThatOfAWholeRunAndWhatLiesBehindStays() throws Exception {
        try (CompiledModel model =
                loaded().builder().device("cpu").threads(1).batch(BATCH).build()) {
            List<Port> outputs = model.spec().outputs().stream()
                    .filter(port -> !port.trainOnly())
                    .toList();
            assertThat(outputs).hasSize(6);
            for (int i = 0; i < outputs.size(); i++) {
                whole(model, 1);
                float[] expected = read(model, outputs.get(i));
                whole(model, 2);
                List<float[]> before =
                        outputs.stream().map(port -> read(model, port)).toList();
                assertThat(expected).isNotEqualTo(before.get(i));
                write(model, 1);
                model.forwardTo(BATCH, outputs.get(i));
                assertThat(read(model, outputs.get(i)))
                        .as(outputs.get(i).name())
                        .isEqualTo(expected);
                for (int behind = i + 1; behind < outputs.size(); behind++) {
                    assertThat(read(model, outputs.get(behind)))
                            .as(
                                    "%s behind %s",
                                    outputs.get(behind).name(), outputs.get(i).name())
                            .isEqualTo(before.get(behind));
                }
            }
        }
    }

    private static void whole(CompiledModel model, int seed) {
        write(model, seed);
        model.forward(BATCH, false);
    }

    private static void write(CompiledModel model, int seed) {
        float[] values = new float[BATCH * 2 * 6 * 6];
        RandomStream.named(seed, "pictures").fillUniform(values, 0, values.length, 0, -1, 1);
        model.write(model.spec().inputs().get(0), values, BATCH);
    }

    private static float[] read(CompiledModel model, Port port) {
        float[] values = new float[BATCH * Math.toIntExact(port.shape().size())];
        model.read(port, values, BATCH);
        return values;
    }

    private static LoadedModel loaded() throws FoveaException {
        StoredFile file = new StoredFile("net.cnn", NET.getBytes(StandardCharsets.UTF_8));
        CheckResult result = Compiler.with(SourceRoots.onClassPath(Main.class.getClassLoader()))
                .check(List.of(file), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        return LoadedModel.of(result.models().get(0));
    }
}
