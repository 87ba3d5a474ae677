package dev.fovea.testkit;

import dev.fovea.ops.OpDef;
import dev.fovea.ops.OperatorFamily;
import dev.fovea.ops.Ops;
import java.util.List;

/** The first page of the reference of operators. */
final class OperatorIndex {
    private OperatorIndex() {}

    static String text() {
        StringBuilder text = new StringBuilder("""
                <!-- Generated from the operators' definitions; regenerate with -Dgolden.update=true. -->
                # Operators

                Every operator has a page: its arguments, its formula, the shape of its output, the names of its parameters, an example, and
                where it comes from. Shapes are written for one sample: `[C, H, W]` for images, `[N]` for vectors. F is the kernel, P the
                padding, S the stride, D the dilation. See the [language](../../../grammar/docs/README.md) for how operators are applied.

                What a recipe can name besides losses: [optimizers](recipe/optimizers.md), [schedules](recipe/schedules.md),
                [augmentations](recipe/augmentations.md), [metrics](recipe/metrics.md), [layer-wise methods](recipe/layerwise.md); what fills weights:
                [initialisers](recipe/initializers.md).

                All run on the CPU, with SIMD where there is any; [what runs on OpenCL](devices.md) is said on a page of its own.
                """);
        for (OperatorFamily family : OperatorFamily.values()) {
            text.append("\n## ").append(family.title()).append("\n\n| operator | | output |\n|---|---|---|\n");
            members(family)
                    .forEach(def -> text.append("| [`" + def.name() + "`](" + def.name() + ".md) | "
                            + def.signature().summary() + " | " + def.outputShape() + " |\n"));
        }
        return text.toString();
    }

    private static List<OpDef<?>> members(OperatorFamily family) {
        return Ops.ALL.stream().filter(def -> def.family() == family).toList();
    }
}
