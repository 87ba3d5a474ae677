package dev.fovea.runtime.data;

import static java.util.Map.entry;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Affine;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.ops.recipe.CenterCrop;
import dev.fovea.ops.recipe.ColorJitter;
import dev.fovea.ops.recipe.Cutout;
import dev.fovea.ops.recipe.FlipHorizontal;
import dev.fovea.ops.recipe.FlipVertical;
import dev.fovea.ops.recipe.Normalize;
import dev.fovea.ops.recipe.PcaColor;
import dev.fovea.ops.recipe.RandomCrop;
import dev.fovea.ops.recipe.RandomResizedCrop;
import dev.fovea.ops.recipe.Resize;
import dev.fovea.ops.recipe.Rotate;
import dev.fovea.ops.recipe.Shift;
import java.util.Map;
import java.util.function.BiFunction;

/** Which transform does what an augmentation of a recipe says. A new one is one line in the table. */
final class Transforms {
    private static final Map<Class<? extends Augmentation>, BiFunction<Shape, Augmentation, Transform>> TABLE =
            Map.ofEntries(
                    line(Affine.class, AffineTransform::new),
                    line(
                            CenterCrop.class,
                            (shape, crop) -> new CenterCropTransform(
                                    shape, crop.size().height(), crop.size().width())),
                    line(ColorJitter.class, ColorJitterTransform::new),
                    line(Cutout.class, CutoutTransform::new),
                    line(FlipHorizontal.class, (shape, flip) -> new FlipTransform(shape, flip.p(), false)),
                    line(FlipVertical.class, (shape, flip) -> new FlipTransform(shape, flip.p(), true)),
                    line(Normalize.class, NormalizeTransform::new),
                    line(PcaColor.class, PcaColorTransform::new),
                    line(RandomCrop.class, CropTransform::new),
                    line(RandomResizedCrop.class, ResizedCropTransform::new),
                    line(Resize.class, ResizeTransform::new),
                    line(Rotate.class, RotateTransform::new),
                    line(Shift.class, ShiftTransform::new));

    private Transforms() {}

    static Transform of(Augmentation augmentation, Shape shape) {
        BiFunction<Shape, Augmentation, Transform> factory = TABLE.get(augmentation.getClass());
        if (factory == null) {
            throw new IllegalArgumentException(
                    "there is no transform for `" + augmentation.def().name() + "`");
        }
        return factory.apply(shape, augmentation);
    }

    private static <A extends Augmentation> Map.Entry<Class<A>, BiFunction<Shape, Augmentation, Transform>> line(
            Class<A> type, BiFunction<Shape, A, ? extends Transform> factory) {
        return entry(type, (shape, augmentation) -> factory.apply(shape, type.cast(augmentation)));
    }
}
