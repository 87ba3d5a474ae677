package dev.fovea.runtime.cpu;

import static java.util.Map.entry;

import dev.fovea.ops.Elu;
import dev.fovea.ops.HardSigmoid;
import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.Op;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Relu6;
import dev.fovea.ops.ScaledTanh;
import dev.fovea.ops.Selu;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Softplus;
import dev.fovea.ops.Tanh;
import dev.fovea.runtime.simd.Simd;
import java.util.Map;
import java.util.Optional;

/** The table from operator to {@link Activation}: the ones with {@link dev.fovea.ops.Trait#ACTIVATION}. */
final class Activations {
    private static final Map<Class<? extends Op>, Factory> TABLE = Map.ofEntries( //
            entry(Elu.class, (op, simd) -> new EluActivation(simd, 1, ((Elu) op).alpha())),
            entry(HardSigmoid.class, (op, simd) -> new ClampActivation(simd, 1 / 6f, 0.5f, 1)),
            entry(LeakyRelu.class, (op, simd) -> new LeakyReluActivation(simd, ((LeakyRelu) op).slope())),
            entry(Relu.class, (op, simd) -> new ReluActivation(simd)),
            entry(Relu6.class, (op, simd) -> new ClampActivation(simd, 1, 0, 6)),
            entry(ScaledTanh.class, (op, simd) -> new ScaledTanhActivation(simd)),
            entry(Selu.class, (op, simd) -> new EluActivation(simd, Selu.LAMBDA, Selu.LAMBDA_ALPHA / Selu.LAMBDA)),
            entry(Sigmoid.class, (op, simd) -> new SigmoidActivation(simd)),
            entry(Softplus.class, (op, simd) -> new SoftplusActivation()),
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
