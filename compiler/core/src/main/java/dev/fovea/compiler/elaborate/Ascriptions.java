package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.ShapePattern;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Compares shapes with those stated behind {@code ::}; after a difference the stated one counts. */
final class Ascriptions {
    private static final List<String> AXES = List.of("channels", "height", "width");

    private final Evaluator evaluator;
    private final ModelRun run;

    Ascriptions(Evaluator evaluator, ModelRun run) {
        this.evaluator = evaluator;
        this.run = run;
    }

    /** The value, or one of the stated shape where the two differ. */
    Value check(Value value, ShapePattern pattern, Span at, Context context) {
        Optional<List<OptionalInt>> stated = sizes(pattern, context);
        if (stated.isEmpty()) {
            return value;
        }
        if (value instanceof Value.Tensor tensor) {
            return compare(tensor, stated.get(), pattern.span(), context);
        }
        if (!value.isUnknown()) {
            run.fault(ValueFaults.needsTensor(value, at), context);
        }
        // After a fault what is stated in full is as good as known.
        return stated(stated.get(), pattern.span());
    }

    private Value stated(List<OptionalInt> sizes, Span at) {
        if (sizes.isEmpty() || sizes.stream().anyMatch(OptionalInt::isEmpty)) {
            return Value.unknown();
        }
        Shape shape = Shape.of(sizes.stream().map(OptionalInt::getAsInt).toList());
        try {
            Layers.require(shape, at);
        } catch (BadValue tooLarge) {
            return Value.unknown();
        }
        return run.layers().stated(shape, at);
    }

    private Value compare(Value.Tensor tensor, List<OptionalInt> stated, Span at, Context context) {
        Shape actual = tensor.shape();
        List<String> differences = new ArrayList<>();
        boolean sameRank = actual.rank() == stated.size();
        List<OptionalInt> merged = new ArrayList<>(stated);
        if (!sameRank) {
            differences.add("rank: stated " + stated.size() + ", is " + actual.rank());
        }
        for (int i = 0; sameRank && i < stated.size(); i++) {
            int extent = actual.extent(i);
            if (stated.get(i).isEmpty()) {
                merged.set(i, OptionalInt.of(extent));
            } else if (stated.get(i).getAsInt() != extent) {
                String axis = actual.rank() == AXES.size() ? AXES.get(i) : "axis " + i;
                differences.add(axis + ": stated " + stated.get(i).getAsInt() + ", is " + extent);
            }
        }
        if (differences.isEmpty()) {
            return tensor;
        }
        Optional<OpNode> maker = run.layers().maker(tensor).map(this::shaper);
        maker.ifPresent(made -> differences.add(madeBy(made, at)));
        List<String> mends = new ArrayList<>();
        maker.flatMap(made -> WindowFor.shape(
                        made, made.inputs().stream().map(this::shape).toList(), merged))
                .ifPresent(
                        mend -> mends.add(mend + " " + Places.line(maker.get().span(), at) + " makes it so"));
        mends.add("if the network is meant so, state " + text(corrected(stated, actual)));
        run.fault(ShapeFaults.ascription(at, text(stated), actual, differences, mends), context);
        return stated(merged, at);
    }

    /** The true shape, with {@code _} where it was stated so. */
    private static List<OptionalInt> corrected(List<OptionalInt> stated, Shape actual) {
        List<OptionalInt> sizes = new ArrayList<>();
        for (int i = 0; i < actual.rank(); i++) {
            boolean isOpen = stated.size() == actual.rank() && stated.get(i).isEmpty();
            sizes.add(isOpen ? OptionalInt.empty() : OptionalInt.of(actual.extent(i)));
        }
        return sizes;
    }

    /** The operator that gave a tensor its shape: not one that hands its input's on. */
    private OpNode shaper(OpNode last) {
        OpNode maker = last;
        while (maker.inputs().size() == 1
                && shape(maker.inputs().get(0)).equals(maker.shape())
                && run.layers().nodes().get(maker.inputs().get(0)) instanceof OpNode before) {
            maker = before;
        }
        return maker;
    }

    private String madeBy(OpNode maker, Span at) {
        String inputs =
                maker.inputs().stream().limit(4).map(id -> shape(id).toString()).collect(Collectors.joining(", "));
        return "made by: `" + maker.op().name() + "` " + Places.line(maker.span(), at) + ", from " + inputs;
    }

    private Shape shape(int node) {
        return run.layers().nodes().get(node).shape();
    }

    private static String text(List<OptionalInt> sizes) {
        return sizes.stream()
                .map(size -> size.isPresent() ? Integer.toString(size.getAsInt()) : "_")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** The sizes of a pattern, empty ones for {@code _}; nothing after a fault in one of them. */
    private Optional<List<OptionalInt>> sizes(ShapePattern pattern, Context context) {
        List<OptionalInt> sizes = new ArrayList<>();
        boolean isKnown = true;
        for (ShapePattern.Size size : pattern.sizes()) {
            if (size instanceof ShapePattern.Exactly exactly) {
                Value value = evaluator.evaluate(exactly.value(), context);
                OptionalInt extent = extent(value);
                if (extent.isEmpty() && !value.isUnknown()) {
                    run.fault(ShapeFaults.badExtent(exactly.value().span(), ValueText.described(value)), context);
                }
                isKnown &= extent.isPresent();
                sizes.add(extent);
            } else {
                sizes.add(OptionalInt.empty());
            }
        }
        return isKnown ? Optional.of(sizes) : Optional.empty();
    }

    /** A value as a size: an int from 1 that fits 32 bits. */
    static OptionalInt extent(Value value) {
        boolean isExtent =
                value instanceof Value.Int number && number.value() >= 1 && number.value() <= Integer.MAX_VALUE;
        return isExtent ? OptionalInt.of((int) ((Value.Int) value).value()) : OptionalInt.empty();
    }
}
