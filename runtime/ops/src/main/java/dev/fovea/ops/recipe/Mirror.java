package dev.fovea.ops.recipe;

import dev.fovea.ops.Conv;
import dev.fovea.ops.ConvTranspose;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Findings;
import dev.fovea.ops.HardSigmoid;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Tie;
import dev.fovea.ops.Trait;
import dev.fovea.ops.Window;
import java.util.List;

/** The way back through a layer, and what stands in it. */
final class Mirror {
    static final String CODE = "CNN0415";

    private Mirror() {}

    /**
     * The decoder of a layer.
     *
     * @param tied whether it uses the layer's weight, transposed
     */
    static Op of(StackedLayer layer, boolean tied, String method) throws Misfit {
        Tie tie = tied ? new Tie(layer.name()) : Tie.NONE;
        Op decoder;
        if (layer.op() instanceof Dense dense) {
            requireOwnWeight(layer, dense.tiedTo());
            decoder = new Dense(layer.input().extent(0), true, Initializer.DEFAULT, tie);
        } else if (layer.op() instanceof Conv conv) {
            decoder = transposed(layer, conv, tie);
        } else {
            throw misfit(
                    layer,
                    "is `" + layer.op().name() + "`, " + method + " trains `dense` and `conv`",
                    "name a `dense` or a `conv`");
        }
        requireShape(layer, decoder);
        return decoder;
    }

    /** Makes sure that what the layer reads can be probabilities, as far as the operator before it tells. */
    static void requireProbabilities(StackedLayer layer, Visible visible) throws Misfit {
        if (visible == Visible.BERNOULLI
                && layer.before().isPresent()
                && !isProbability(layer.before().get())) {
            throw misfit(
                    layer,
                    "reads the output of `" + layer.before().get().name()
                            + "`, which is not between 0 and 1 as Bernoulli units are",
                    "treat it as numbers: `visible=gaussian`");
        }
    }

    static Misfit misfit(StackedLayer layer, String label, String help) {
        return new Misfit(CODE, "`" + layer.name() + "` cannot be pre-trained so", label, List.of(help));
    }

    /** False only for what is known to leave the range from 0 to 1: a pool hands on what it is given. */
    private static boolean isProbability(Op before) {
        if (before instanceof Sigmoid
                || before instanceof HardSigmoid
                || before.def().has(Trait.PROBABILITIES)) {
            return true;
        }
        return !before.def().has(Trait.NONLINEARITY)
                && !before.def().has(Trait.TAKES_ACTIVATION)
                && !before.def().has(Trait.SUBTRACTS_MEAN);
    }

    private static void requireOwnWeight(StackedLayer layer, Tie tie) throws Misfit {
        if (tie.isTied()) {
            throw misfit(layer, "has no weight of its own: it is tied to `" + tie + "`", "name `" + tie + "` instead");
        }
    }

    /** A transposed convolution has the convolution's windows; the rows that no window reads are its output padding. */
    private static Op transposed(StackedLayer layer, Conv conv, Tie tie) throws Misfit {
        if (conv.paddingMode() != PaddingMode.ZEROS) {
            throw misfit(
                    layer, "pads with what is not zero, which the way back cannot undo", "leave `padding_mode` out");
        }
        if (tie.isTied() && !conv.connections().isEmpty()) {
            throw misfit(
                    layer,
                    "has a connection table, so that its weight cannot be used on the way back",
                    "give the decoder a weight of its own: `tied=false`");
        }
        Window window = conv.window(layer.input());
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        Padding padding = Padding.of(
                rows.before(),
                Math.toIntExact(rows.after() + rows.overhang()),
                columns.before(),
                Math.toIntExact(columns.after() + columns.overhang()));
        Pair rest = new Pair(Math.toIntExact(rows.rest()), Math.toIntExact(columns.rest()));
        return new ConvTranspose(
                layer.input().channels(),
                conv.kernel(),
                conv.stride(),
                padding,
                rest,
                conv.dilation(),
                conv.groups(),
                true,
                Initializer.DEFAULT,
                tie);
    }

    private static void requireShape(StackedLayer layer, Op decoder) throws Misfit {
        Shape back = decoder.def().infer(decoder, List.of(layer.code()), Findings.NONE);
        if (!back.equals(layer.input())) {
            throw misfit(
                    layer,
                    "reads " + layer.input() + " and gives " + layer.code() + ", from which a `" + decoder.name()
                            + "` comes back to " + back,
                    "choose a kernel, stride and padding that cover the input");
        }
    }
}
