package dev.fovea.images;

import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.ops.recipe.FlipHorizontal;
import dev.fovea.ops.recipe.Normalize;
import dev.fovea.ops.recipe.RandomResizedCrop;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.Transform;
import dev.fovea.runtime.random.RandomStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a picture costs before a network sees it, in processor time of one thread: {@code DecodingCost DIR}, a folder with a folder a class. By
 * hand; its steps are those of {@code fovea train} with {@code alexnet_of_jpegs.cnn}.
 */
final class DecodingCost {
    private static final int PICTURES = 300;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private DecodingCost() {}

    public static void main(String[] arguments) throws FoveaException {
        Shape prepared = Shape.of(3, 256, 256);
        PictureFolder folder = PictureFolder.open(Path.of(arguments[0]), prepared, 256);
        List<Transform> transforms = new ArrayList<>();
        Shape shape = prepared;
        for (Augmentation augmentation : List.of(
                new RandomResizedCrop(new Pair(224, 224), 0.08f, 1, 0.75f, 4 / 3f),
                new FlipHorizontal(0.5f),
                new Normalize(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f)))) {
            Transform transform = Transform.of(augmentation, shape);
            transforms.add(transform);
            shape = transform.output();
        }
        int count = Math.min(PICTURES, folder.size());
        measure(folder, transforms, count); // so that what is measured is compiled
        long[] nanos = measure(folder, transforms, count);
        System.out.printf(
                Locale.ROOT,
                "%d pictures, milliseconds of processor time each: decode %.2f, resize and cut %.2f, augment %.2f,"
                        + " together %.2f%n",
                count,
                milliseconds(nanos[0], count),
                milliseconds(nanos[1], count),
                milliseconds(nanos[2], count),
                milliseconds(nanos[0] + nanos[1] + nanos[2], count));
    }

    private static long[] measure(PictureFolder folder, List<Transform> transforms, int count) throws FoveaException {
        long[] nanos = new long[3];
        for (int i = 0; i < count; i++) {
            long begun = THREADS.getCurrentThreadCpuTime();
            Picture whole = PictureFile.read(folder.file(i * (folder.size() / count)), 3);
            long decoded = THREADS.getCurrentThreadCpuTime();
            float[] values = whole.resizeShorter(256).centerCrop(256, 256).values();
            long cut = THREADS.getCurrentThreadCpuTime();
            for (Transform transform : transforms) {
                float[] to = new float[Math.toIntExact(transform.output().size())];
                transform.apply(values, 0, to, 0, RandomStream.named(1, "cost"), (long) i * Transform.DRAWS);
                values = to;
            }
            long augmented = THREADS.getCurrentThreadCpuTime();
            nanos[0] += decoded - begun;
            nanos[1] += cut - decoded;
            nanos[2] += augmented - cut;
        }
        return nanos;
    }

    private static double milliseconds(long nanos, int count) {
        return nanos / 1e6 / count;
    }
}
