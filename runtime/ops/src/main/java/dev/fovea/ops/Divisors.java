package dev.fovea.ops;

import java.util.List;
import java.util.stream.IntStream;

/** Into how many groups channels can be cut, in words. */
final class Divisors {
    /** No more are named. */
    private static final int MOST = 12;

    private Divisors() {}

    /** {@code 1, 2, 3 or 6 groups}. */
    static String groups(int channels) {
        return groups(channels, channels);
    }

    /** The same for two numbers of channels at once. */
    static String groups(int first, int second) {
        int greatest = greatestCommonDivisor(first, second);
        List<String> all = IntStream.rangeClosed(1, Math.min(greatest, 1_000_000))
                .filter(n -> greatest % n == 0)
                .mapToObj(Integer::toString)
                .limit(MOST)
                .toList();
        if (all.size() == 1) {
            return "1 group only";
        }
        return String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.get(all.size() - 1) + " groups";
    }

    private static int greatestCommonDivisor(int first, int second) {
        return second == 0 ? first : greatestCommonDivisor(second, first % second);
    }
}
