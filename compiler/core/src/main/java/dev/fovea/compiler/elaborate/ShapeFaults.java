package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.value.ValueText;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said about layers and shapes, besides what the operators' own shape rules say. */
final class ShapeFaults {
    private ShapeFaults() {}

    /** The code that a shape rule names. */
    static Code code(String id) {
        return Code.of(id).orElseThrow(() -> new IllegalStateException(id + " is not in the catalogue"));
    }

    static Diagnostic.Builder misfit(Misfit misfit, Span at) {
        Diagnostic.Builder fault =
                Diagnostic.of(code(misfit.code()), at, misfit.message()).label(misfit.label());
        misfit.help().forEach(fault::help);
        return fault;
    }

    static BadValue tooLarge(Shape shape, double size) {
        return new BadValue(
                Code.TENSOR_TOO_LARGE,
                "the tensor is too large",
                shape + " has " + elements(size) + " elements; at most " + Figures.grouped(Integer.MAX_VALUE)
                        + " are allowed");
    }

    private static String elements(double size) {
        return size < 1e15 ? Figures.grouped((long) size) : ValueText.number(size);
    }

    static Diagnostic.Builder uncountable(String op, Span at) {
        return Diagnostic.of(Code.TENSOR_TOO_LARGE, at, "the tensor is too large")
                .label("what `" + op + "` computes here cannot be counted in 64 bits");
    }

    static Diagnostic.Builder lossInModel(String name, Span at) {
        return Diagnostic.of(Code.LOSS_IN_MODEL, at, "`" + name + "` is a loss, not a layer")
                .label("has no place in a model")
                .help("name it in a recipe: `train Model { loss " + name + "(…) … }`");
    }

    static Diagnostic.Builder nameClash(String parameter, Span span, Span first) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.PARAMETER_CLASH, span, "two parameters are called `" + parameter + "`")
                .label("the second one");
        if (!span.equals(first)) {
            fault.related(first, "the first one");
        }
        return fault.help("give one of them another label; within a `repeat`, put the index into it: `name{i}: …`");
    }

    static BadValue sharedMismatch(String layer, List<Parameter> owned, List<GraphParameter> shared) {
        String needs = owned.stream()
                .map(parameter -> parameter.name() + " " + parameter.shape())
                .collect(Collectors.joining(", "));
        String has = shared.stream()
                .map(parameter -> parameter.name() + " " + parameter.parameter().shape())
                .collect(Collectors.joining(", "));
        return new BadValue(
                Code.SHARED_MISMATCH,
                "the shared parameters do not fit here",
                "`" + layer + "` needs " + needs + ", shared " + (has.isEmpty() ? "is nothing" : "are " + has),
                "all applications of a shared stage must have inputs of one shape");
    }

    static BadValue borrowedMismatch(String layer, Parameter wanted, String name, Shape there) {
        return new BadValue(
                Code.TIED_MISMATCH,
                "the tied " + wanted.name() + " does not fit",
                "`" + layer + "` needs " + wanted.shape() + ", `" + name + "` is " + there,
                "a tied layer goes the way back: it takes what the other gives and gives what the other takes");
    }

    static Diagnostic.Builder ascription(
            Span pattern, String stated, Shape actual, List<String> differences, List<String> mends) {
        Diagnostic.Builder fault = Diagnostic.of(Code.ASCRIPTION, pattern, "the shape is not the one stated")
                .label("stated " + stated + ", but it is " + actual);
        differences.forEach(fault::note);
        mends.forEach(fault::help);
        return fault;
    }

    /** What to say of an input that looks as if it was written for another framework: channels last, or a batch first. */
    static Optional<String> otherLayout(Shape shape) {
        if (shape.rank() == 4) {
            return Optional.of("the batch axis is not written: declare the input as "
                    + Shape.of(shape.extents().subList(1, 4)));
        }
        boolean lastAreChannels = shape.rank() == 3
                && (shape.width() == 1 || shape.width() == 3)
                && shape.channels() > 4
                && shape.height() > 4;
        return lastAreChannels
                ? Optional.of("an image is [channels, height, width]: declare the input as "
                        + Shape.of(shape.width(), shape.channels(), shape.height()))
                : Optional.empty();
    }

    static Diagnostic.Builder badExtent(Span span, String described) {
        return Diagnostic.of(Code.EXTENT, span, "a size must be a whole number from 1")
                .label("is " + described);
    }

    static Diagnostic.Builder inputRank(Span span, int rank) {
        return Diagnostic.of(Code.EXTENT, span, "an input has one to four axes")
                .label(rank + " sizes")
                .help("an image is `[channels, height, width]`, a vector `[n]`; the batch axis is not written");
    }

    static Diagnostic.Builder tensorCount(String name, String wanted, int given, Span at) {
        return Diagnostic.of(Code.TENSOR_COUNT, at, "`" + name + "` takes " + wanted)
                .label(given == 0 ? "none given" : given + " given");
    }
}
