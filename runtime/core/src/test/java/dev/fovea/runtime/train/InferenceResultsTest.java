package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.ModelBuilder;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.model.Workspace;
import dev.fovea.runtime.simd.ScalarSimd;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a device is told of what is read of a model from outside. */
class InferenceResultsTest {
    private final List<String> calls = new ArrayList<>();
    private final List<Operand> results = new ArrayList<>();

    /** The device, with notes of what it is told when all is bound. */
    private Kernels noted(Kernels device) {
        return (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (self, method, arguments) -> {
                    boolean results = method.getName().equals("infers")
                            || method.getName().equals("trains");
                    if (results || method.getName().equals("ready")) {
                        calls.add(method.getName());
                    }
                    if (results) {
                        ((List<?>) arguments[0]).forEach(result -> this.results.add((Operand) result));
                    }
                    try {
                        return method.invoke(device, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private ModelBuilder<TinyModel> builder() {
        return new ModelBuilder<TinyModel>(TinyModel::new)
                .device("cpu")
                .threads(1)
                .batch(2)
                .wrapped(this::noted);
    }

    @Test
    void itsOutputsAreReadFromOutside() {
        try (TinyModel model = builder().inference().build()) {
            assertThat(calls).containsExactly("infers", "ready");
            assertThat(results).extracting(Operand::shape).containsExactly(Shape.of(3), Shape.of(16));
            for (int i = 0; i < results.size(); i++) {
                Port port = TinyModel.SPEC.outputs().get(i);
                assertThat(results.get(i).value()).isEqualTo(model.value(port));
            }
        }
    }

    @Test
    void aModelOnTheWeightsOfAnotherOnlyInfers() {
        try (TinyModel model = builder().inference().build();
                TinyModel second = builder().buildOn(model)) {
            assertThat(second.options().training()).isFalse();
            assertThat(calls).containsExactly("infers", "ready", "infers", "ready");
        }
    }

    @Test
    void soAreThoseOfAModelForTraining() {
        try (TinyModel model = builder().build()) {
            assertThat(model.options().training()).isTrue();
            assertThat(calls).containsExactly("trains", "ready");
            assertThat(results)
                    .extracting(Operand::value)
                    .containsExactlyElementsOf(
                            TinyModel.SPEC.outputs().stream().map(model::value).toList());
        }
    }

    @Test
    void whoCountsTheWorkspaceIsToldTheSame() {
        BuildOptions options = new BuildOptions("cpu", 1, 2, 1, false, false);
        Workspace.bytes(noted(CpuKernels.counting(1, new ScalarSimd())), TinyModel.SPEC, options, assembly -> {});
        assertThat(calls).containsExactly("infers", "ready");
        assertThat(results).hasSize(2);
    }
}
