package dev.fovea.runtime.cpu;

import static java.util.Map.entry;

import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.Op;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Tanh;
import dev.fovea.runtime.simd.Simd;
import java.util.Map;
import java.util.Optional;

/** The table from operator to {@link Activation}: the ones with {@link dev.fovea.ops.Trait#ACTIVATION}. */
final class Activations {
    private static final Map<Class<? extends Op>, Factory> TABLE = Map.ofEntries( //
            entry(LeakyRelu.class, (op, simd) -> new LeakyReluActivation(simd, ((LeakyRelu) op).slope())),
            entry(Relu.class, (op, simd) -> new ReluActivation(simd)),
            entry(Sigmoid.class, (op, simd) -> new SigmoidActivation(simd)),
            entry(Tanh.class, (op, simd) -> new TanhActivation(simd)));

    private Activations() {}

    @FunctionalInterface
    interface Factory {
        Activation create(Op op, Simd simd);
    }

    static Activation of(Optional<Op> activation, Simd simd) {
        if (activation.isEmpty()) {
            return Activation.NONE;
        }
        Op op = activation.get();
        Factory factory = TABLE.get(op.getClass());
        if (factory == null) {
            throw new IllegalStateException("`" + op.name() + "` cannot be fused on the CPU: it is not in the table");
        }
        return factory.create(op, simd);
    }
}
