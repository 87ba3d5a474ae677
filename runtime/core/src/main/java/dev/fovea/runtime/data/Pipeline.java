package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.runtime.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transforms of one field, one after the other. Each draws from a stream of its own, so that adding one does not change what another
 * does.
 *
 * @param field the name of the field
 */
public record Pipeline(String field, List<Transform> transforms) {
    public Pipeline {
        transforms = List.copyOf(transforms);
        for (int i = 1; i < transforms.size(); i++) {
            Shape before = transforms.get(i - 1).output();
            if (!transforms.get(i).input().equals(before)) {
                throw new IllegalArgumentException(
                        "step " + i + " takes " + transforms.get(i).input() + ", but gets " + before);
            }
        }
    }

    /**
     * The transforms of a recipe's augmentations, for a field of a shape; what is done to whole batches is left out, see {@link Mixing}.
     *
     * @throws IllegalArgumentException where they do not suit each other; the message says why
     */
    public static Pipeline of(String field, Shape shape, List<? extends Augmentation> augmentations) {
        List<Transform> transforms = new ArrayList<>();
        Shape reached = shape;
        for (Augmentation augmentation : augmentations) {
            if (augmentation.mixesSamples()) {
                continue;
            }
            Transform transform = Transform.of(augmentation, reached);
            transforms.add(transform);
            reached = transform.output();
        }
        return new Pipeline(field, transforms);
    }

    /** The transforms that remain when a model is tested; for one whose shape changes, what stands in its place keeps the shape. */
    public Pipeline atEvaluation() {
        return new Pipeline(
                field,
                transforms.stream()
                        .map(Transform::atEvaluation)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** The shape that comes out of a field of the given shape. */
    public Shape output(Shape shape) {
        return transforms.isEmpty()
                ? shape
                : transforms.get(transforms.size() - 1).output();
    }

    /**
     * One sample put through a pipeline that draws nothing, as that of {@link #atEvaluation}.
     *
     * @param sample of the first step's shape; unchanged
     */
    public float[] evaluate(float[] sample) {
        RandomStream none = RandomStream.named(0, "evaluation");
        float[] reached = sample;
        for (Transform transform : transforms) {
            float[] next = new float[Math.toIntExact(transform.output().size())];
            transform.apply(reached, 0, next, 0, none, 0);
            reached = next;
        }
        return reached;
    }

    /** The pipeline at work: with its buffers, for one thread. */
    final class Worker {
        private final float[][] between;
        private final RandomStream[] streams;

        Worker(Shape input) {
            if (!transforms.get(0).input().equals(input)) {
                throw new IllegalArgumentException(
                        "the first step takes " + transforms.get(0).input() + ", but " + field + " is " + input);
            }
            between = new float[transforms.size()][];
            for (int i = 0; i < between.length; i++) {
                between[i] = new float[Math.toIntExact(transforms.get(i).input().size())];
            }
            streams = new RandomStream[transforms.size()];
        }

        void startEpoch(RandomStream random) {
            for (int i = 0; i < streams.length; i++) {
                streams[i] = random.child(i);
            }
        }

        Shape output() {
            return transforms.get(transforms.size() - 1).output();
        }

        /** Where the sample must be put. */
        float[] source() {
            return between[0];
        }

        void apply(int sample, float[] to, int toOffset) {
            long first = (long) sample * Transform.DRAWS;
            int last = between.length - 1;
            for (int i = 0; i < last; i++) {
                transforms.get(i).apply(between[i], 0, between[i + 1], 0, streams[i], first);
            }
            transforms.get(last).apply(between[last], 0, to, toOffset, streams[last], first);
        }
    }
}
