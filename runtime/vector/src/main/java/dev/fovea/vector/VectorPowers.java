package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Powers and sums of squares, as normalisation takes them. Each loop does as many elements as fill registers and returns how many those are;
 * see {@link VectorExponentials} for why they are not one method.
 */
final class VectorPowers {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Less ¾ of a number's bits, the bits of about the number to the power of −¾: to 4.4 %, the best of its kind. */
    private static final int THREE_QUARTERS = 0x6F14E978;

    private VectorPowers() {}

    /** {@code y = 1/x}. */
    static int inverse(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int i = 0; i < whole; i += LANES) {
            one.div(FloatVector.fromArray(SPECIES, x, xAt + i)).intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = 1/√x}. */
    static int inverseRoot(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int i = 0; i < whole; i += LANES) {
            one.div(FloatVector.fromArray(SPECIES, x, xAt + i).sqrt()).intoArray(y, yAt + i);
        }
        return whole;
    }

    /**
     * {@code y = x^(−¾)}, by three of Newton's steps for {@code y⁻⁴ = x³} from a guess: {@code y + y·(1 − x³·y⁴)/4}. Two roots and a
     * division, none of which a processor begins anew each cycle, take twice as long.
     */
    static int inverseThreeQuarters(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector quarter = FloatVector.broadcast(SPECIES, 0.25f);
        IntVector magic = FloatVector.broadcast(SPECIES, Float.intBitsToFloat(THREE_QUARTERS))
                .reinterpretAsInts();
        for (int i = 0; i < whole; i += LANES) {
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i);
            IntVector bits = in.reinterpretAsInts();
            FloatVector guess =
                    magic.sub(bits).add(bits.lanewise(VectorOperators.ASHR, 2)).reinterpretAsFloats();
            FloatVector root = in.mul(guess);
            FloatVector rest = one.sub(root.mul(root).mul(root.mul(guess)));
            guess = guess.mul(rest).fma(quarter, guess);
            root = in.mul(guess);
            rest = one.sub(root.mul(root).mul(root.mul(guess)));
            guess = guess.mul(rest).fma(quarter, guess);
            root = in.mul(guess);
            rest = one.sub(root.mul(root).mul(root.mul(guess)));
            guess.mul(rest).fma(quarter, guess).intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = scale·Σ x² + offset} over five rows that are {@code step} apart. */
    static int energyOfFive(float scale, float offset, float[] x, int xAt, int step, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector factor = FloatVector.broadcast(SPECIES, scale);
        FloatVector begin = FloatVector.broadcast(SPECIES, offset);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, xAt + step + i);
            FloatVector x2 = FloatVector.fromArray(SPECIES, x, xAt + 2 * step + i);
            FloatVector x3 = FloatVector.fromArray(SPECIES, x, xAt + 3 * step + i);
            FloatVector x4 = FloatVector.fromArray(SPECIES, x, xAt + 4 * step + i);
            FloatVector sum = x1.fma(x1, x0.mul(x0)).add(x3.fma(x3, x2.mul(x2)));
            x4.fma(x4, sum).fma(factor, begin).intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = scale·x² + offset}. */
    static int energyOfOne(float scale, float offset, float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector factor = FloatVector.broadcast(SPECIES, scale);
        FloatVector begin = FloatVector.broadcast(SPECIES, offset);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i);
            in.mul(in).fma(factor, begin).intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = y + scale·x²}. */
    static int addEnergy(float scale, float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector factor = FloatVector.broadcast(SPECIES, scale);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i);
            in.mul(in).fma(factor, FloatVector.fromArray(SPECIES, y, yAt + i)).intoArray(y, yAt + i);
        }
        return whole;
    }
}
