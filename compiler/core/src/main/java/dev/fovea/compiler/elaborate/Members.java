package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import dev.fovea.ops.Shape;
import java.util.List;

/** What a tensor tells about itself: {@code x.channels}. */
final class Members {
    private static final List<String> NAMES = List.of("channels", "height", "rank", "shape", "size", "width");

    private Members() {}

    static Value of(Value target, String member) throws BadValue {
        if (!(target instanceof Value.Tensor tensor)) {
            String help = target instanceof Value.Items ? "`len(xs)` is the length of a list" : "";
            throw help.isEmpty()
                    ? new BadValue(
                            Code.UNKNOWN_MEMBER, "only a tensor has members", "is " + ValueText.described(target))
                    : new BadValue(
                            Code.UNKNOWN_MEMBER,
                            "only a tensor has members",
                            "is " + ValueText.described(target),
                            help);
        }
        Shape shape = tensor.shape();
        return switch (member) {
            case "shape" ->
                Value.Items.list(shape.extents().stream()
                        .map(extent -> new Value.Int(extent))
                        .toList());
            case "rank" -> new Value.Int(shape.rank());
            case "size" -> new Value.Int(shape.size());
            case "channels" -> new Value.Int(shape.channels());
            case "height" -> extent(shape, 1, member);
            case "width" -> extent(shape, 2, member);
            default -> throw unknown(member);
        };
    }

    private static Value extent(Shape shape, int axis, String member) throws BadValue {
        if (axis >= shape.rank()) {
            throw new BadValue(
                    Code.UNKNOWN_MEMBER, "the tensor has no " + member, "its shape is " + shape, "`.size` counts all");
        }
        return new Value.Int(shape.extent(axis));
    }

    private static BadValue unknown(String member) {
        return BadValue.misspelt(
                Code.UNKNOWN_MEMBER,
                "a tensor has no `" + member + "`",
                "unknown",
                new BadValue.Misspelling(member, NAMES));
    }
}
