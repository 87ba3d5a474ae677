package dev.fovea.cli;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a picture was taken for.
 *
 * @param probabilities of each class
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of the array, never compared
record Prediction(Path file, double[] probabilities) {
    /** At most so many classes, the likeliest first; of equal ones the first. */
    List<Integer> likeliest(int count) {
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer label) -> probabilities[label])
                        .reversed())
                .limit(count)
                .toList();
    }

    /** The softmax of some of an array's elements, in double. */
    static double[] softmax(float[] scores, int from, int count) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, scores[i]);
        }
        double[] shares = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            shares[i] = StrictMath.exp(scores[from + i] - largest);
            sum += shares[i];
        }
        for (int i = 0; i < count; i++) {
            shares[i] /= sum;
        }
        return shares;
    }
}
