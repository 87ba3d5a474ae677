package dev.fovea.compiler.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static final int MOST = 9;

    /** Numbers that are alike the nearer they are; the same number is most alike. */
    private static int likeness(int one, int other) {
        return Math.max(0, MOST - 3 * Math.abs(one - other));
    }

    private static List<Integer> pairs(List<Integer> from, List<Integer> to) {
        return Alignment.of(from, to, AlignmentTest::likeness, Integer::equals);
    }

    @Test
    void whatWasPutInAndTakenOutHasNoPartner() {
        assertThat(pairs(List.of(1, 5, 9), List.of(1, 20, 5, 9))).containsExactly(0, 2, 3);
        assertThat(pairs(List.of(1, 20, 5, 9), List.of(1, 5, 9))).containsExactly(0, Alignment.NONE, 1, 2);
        assertThat(pairs(List.of(), List.of(1))).isEmpty();
        assertThat(pairs(List.of(1), List.of())).containsExactly(Alignment.NONE);
    }

    @Test
    void theSumOfLikenessesIsTheGreatestThatKeepsTheOrder() {
        long seed = Long.getLong("test.seed", 20_261_127);
        System.out.println("seed " + seed + " (-Dtest.seed=…)");
        Random random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            List<Integer> from = numbers(random);
            List<Integer> to = numbers(random);
            List<Integer> partners = pairs(from, to);
            List<Integer> given =
                    partners.stream().filter(place -> place != Alignment.NONE).toList();
            assertThat(given).isSorted().doesNotHaveDuplicates();
            int sum = IntStream.range(0, from.size())
                    .filter(i -> partners.get(i) != Alignment.NONE)
                    .map(i -> likeness(from.get(i), to.get(partners.get(i))))
                    .sum();
            assertThat(sum).as("%s and %s", from, to).isEqualTo(best(from, to));
        }
    }

    private static List<Integer> numbers(Random random) {
        return random.ints(random.nextInt(8), 0, 6).boxed().toList();
    }

    /** By trying everything. */
    private static int best(List<Integer> from, List<Integer> to) {
        if (from.isEmpty() || to.isEmpty()) {
            return 0;
        }
        List<Integer> restFrom = from.subList(1, from.size());
        List<Integer> restTo = to.subList(1, to.size());
        int alike = likeness(from.get(0), to.get(0));
        int paired = alike == 0 ? 0 : alike + best(restFrom, restTo);
        return Math.max(paired, Math.max(best(restFrom, to), best(from, restTo)));
    }
}
