package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Resizes a picture, as torchvision's {@code Resize} with bilinear interpolation and antialias; the same when training and testing.
 *
 * @param size one number, for the shorter side, the longer one in proportion; or height and width
 */
public record Resize(List<Integer> size) implements Augmentation {
    private static final AttributeType SIZE = new AttributeType(
            "a whole number for the shorter side, or a pair (height, width)", List.of(), Resize::convert);

    /** The definition. */
    public static final Def<Resize> DEF = Def.named("resize")
            .summary("resizes pictures")
            .required("size", SIZE, Limit.AT_LEAST_ONE, "of the shorter side, or height and width")
            .build(a -> new Resize(a.integers("size")));

    /** Copies the list. */
    public Resize {
        size = List.copyOf(size);
    }

    private static Optional<Object> convert(Object raw) {
        if (raw instanceof List<?> both) {
            return both.size() == 2 ? AttributeType.INTS.convert(raw) : Optional.empty();
        }
        return AttributeType.INT.convert(raw).map(List::of);
    }

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("resize", input);
    }

    @Override
    public Def<Resize> def() {
        return DEF;
    }
}
