package dev.fovea.ops;

import dev.fovea.ops.Initializer.Kind;

/** The initialisers of the language. Fans are PyTorch's: fan_in of a convolution's weight is C/groups·kh·kw. */
public final class Initializers {
    private static final float ROOT_TWO = (float) Math.sqrt(2);

    /** All of them. */
    public static final Registry<Initializer> REGISTRY = Registry.of(
            Def.named("constant")
                    .summary("sets all to one value")
                    .required("value", AttributeType.FLOAT, Limit.ANY, "the value")
                    .build(a -> Initializer.constant(a.real("value"))),
            Def.named("he_normal")
                    .summary("draws from N(0, 2/fan) (He et al. 2015)")
                    .attribute("mode", AttributeType.oneOf("fan_in", "fan_out"), "fan_in", Limit.ANY, "which fan")
                    .build(a -> new Initializer(
                            a.text("mode").equals("fan_in") ? Kind.FAN_IN_NORMAL : Kind.FAN_OUT_NORMAL, ROOT_TWO, 0)),
            Def.named("he_uniform")
                    .summary("draws from U(−b, b), b = √(6/fan_in) (He et al. 2015)")
                    .build(a -> new Initializer(Kind.FAN_IN_UNIFORM, ROOT_TWO, 0)),
            Def.named("lecun_normal")
                    .summary("draws from N(0, 1/fan_in) (LeCun et al. 1998)")
                    .build(a -> new Initializer(Kind.FAN_IN_NORMAL, 1, 0)),
            Def.named("normal")
                    .summary("draws from N(mean, std²)")
                    .attribute("mean", AttributeType.FLOAT, 0f, Limit.ANY, "the mean")
                    .attribute("std", AttributeType.FLOAT, 1f, Limit.NOT_NEGATIVE, "the standard deviation")
                    .build(a -> new Initializer(Kind.NORMAL, a.real("mean"), a.real("std"))),
            Def.named("ones").summary("sets all to 1").build(a -> Initializer.ONES),
            Def.named("uniform")
                    .summary("draws from U(a, b)")
                    .attribute("a", AttributeType.FLOAT, 0f, Limit.ANY, "the lower bound")
                    .attribute("b", AttributeType.FLOAT, 1f, Limit.ANY, "the upper bound")
                    .build(a -> new Initializer(Kind.UNIFORM, a.real("a"), a.real("b"))),
            Def.named("xavier_normal")
                    .summary("draws from N(0, 2/(fan_in + fan_out)) (Glorot and Bengio 2010)")
                    .build(a -> new Initializer(Kind.FAN_AVERAGE_NORMAL, 1, 0)),
            Def.named("xavier_uniform")
                    .summary("draws from U(−b, b), b = √(6/(fan_in + fan_out)) (Glorot and Bengio 2010)")
                    .build(a -> new Initializer(Kind.FAN_AVERAGE_UNIFORM, 1, 0)),
            Def.named("zeros").summary("sets all to 0").build(a -> Initializer.ZEROS));

    private Initializers() {}
}
