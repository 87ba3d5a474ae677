package dev.fovea.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever numbers a user writes, a shape rule answers with a shape or a misfit, and counts never wrap. */
class HostileNumbersTest {
    private static final long SEED = 4711;
    private static final int[] NUMBERS = {1, 2, 3, 4, 5, 7, 11, 64, 65_535, 1 << 30, Integer.MAX_VALUE};

    private final Random random = new Random(SEED);

    private int number() {
        return NUMBERS[random.nextInt(random.nextBoolean() ? 6 : NUMBERS.length)];
    }

    private Pair pair() {
        return random.nextBoolean() ? Pair.square(number()) : new Pair(number(), number());
    }

    private int side() {
        return random.nextInt(3) == 0 ? number() : random.nextInt(3);
    }

    private Padding padding() {
        Padding.Mode mode = Padding.Mode.values()[random.nextInt(3)];
        return mode == Padding.Mode.EXPLICIT
                ? Padding.of(side(), side(), side(), side())
                : new Padding(mode, 0, 0, 0, 0);
    }

    private Op op() {
        return switch (random.nextInt(16)) {
            case 0 -> new MaxPool(pair(), pair(), padding(), pair(), random.nextBoolean());
            case 1 -> new AvgPool(pair(), pair(), padding(), random.nextBoolean(), random.nextBoolean());
            case 2 -> new AdaptiveAvgPool(pair());
            case 6 -> new Subsample(pair(), Initializer.DEFAULT);
            case 7 ->
                new ConvTranspose(
                        number(),
                        pair(),
                        pair(),
                        Padding.of(side(), side(), side(), side()),
                        Pair.square(random.nextInt(3)),
                        pair(),
                        random.nextInt(5) == 0 ? number() : 1,
                        random.nextBoolean(),
                        Initializer.DEFAULT,
                        Tie.NONE);
            case 3 -> new Reshape(List.of(number(), number(), random.nextInt(4) == 0 ? -1 : number()));
            case 4 -> new Slice(side(), number(), random.nextInt(4), number());
            case 5 -> new Crop(Padding.of(side(), side(), side(), side()));
            case 11 -> new CenterCrop(pair());
            case 12 ->
                new Pad(
                        Padding.of(side(), side(), side(), side()),
                        new Ends(side(), side()),
                        PaddingMode.values()[random.nextInt(4)]);
            case 8 -> new PixelShuffle(number());
            case 9 -> new Upsample(pair(), Interpolation.values()[random.nextInt(2)]);
            case 10 -> random.nextBoolean() ? new GroupNorm(number(), 1e-5f) : new ChannelShuffle(number());
            default ->
                Conv.DEF.create(Map.of(
                        "channels",
                        number(),
                        "kernel",
                        pair(),
                        "stride",
                        pair(),
                        "padding",
                        padding(),
                        "dilation",
                        pair(),
                        "padding_mode",
                        List.of("zeros", "reflect", "replicate", "circular").get(random.nextInt(4)),
                        "round",
                        List.of("floor", "ceil", "exact").get(random.nextInt(3))));
        };
    }

    @Test
    void areAnswered() {
        int accepted = 0;
        for (int i = 0; i < 100_000; i++) {
            Op op = op();
            Shape input = Shape.of(1 + random.nextInt(4), number(), number());
            if ((double) input.channels() * input.height() * input.width() > Integer.MAX_VALUE) {
                continue; // refused where it arises
            }
            List<String> said;
            try {
                said = Said.by(op, input);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", case " + i + ": " + op + " on " + input, e);
            }
            String last = said.get(said.size() - 1);
            if (last.startsWith("[")) {
                accepted++;
                count(op, input);
            } else {
                assertThat(said).as("a misfit has a mend: %s", op).anyMatch(line -> line.startsWith("  help: "));
            }
            assertThat(said).noneMatch(line -> line.matches(".*[(= ]-\\d.*") && !(op instanceof Reshape));
        }
        assertThat(accepted).isGreaterThan(1000);
    }

    private static void count(Op op, Shape input) {
        try {
            Shape output = op.def().infer(op, List.of(input), Findings.NONE);
            assertThat(op.def().macs(op, List.of(input), output)).isNotNegative();
            op.def().parameters(op, List.of(input), output).forEach(parameter -> assertThat(parameter.count())
                    .isPositive());
            assertThat(op.def().saved(op, List.of(input), output).perSample()).isNotNegative();
        } catch (ArithmeticException beyond64Bits) {
            assertThat(beyond64Bits).hasMessage("long overflow");
        } catch (Misfit misfit) {
            throw new AssertionError(misfit);
        }
    }
}
