package dev.fovea.vector;

import dev.fovea.runtime.simd.WinogradSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Winograd's transform of 3×3 kernels, a lane for each: {@code U = G·g·Gᵀ} of F(4×4, 3×3). What lies between the two products are 18 registers, which stay where they are where there are 32; so everything is
 * written out in one method, which is too long to be inlined.
 */
final class VectorKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final float SIXTH = 1f / 6;
    private static final float TWELFTH = 1f / 12;
    private static final float TWENTY_FOURTH = 1f / 24;

    private VectorKernels() {}

    /** As {@link WinogradSimd#kernels}. */
    static void transform(float[] g, int gAt, float[] u, int uAt, int stride) {
        FloatVector g00 = FloatVector.fromArray(SPECIES, g, gAt);
        FloatVector g10 = FloatVector.fromArray(SPECIES, g, gAt + 3 * LANES);
        FloatVector g20 = FloatVector.fromArray(SPECIES, g, gAt + 6 * LANES);
        FloatVector outer0 = g00.add(g20).mul(-SIXTH);
        FloatVector inner0 = g10.mul(SIXTH);
        FloatVector far0 = g00.mul(TWENTY_FOURTH).add(g20.mul(SIXTH));
        FloatVector near0 = g10.mul(TWELFTH);
        FloatVector t00 = g00.mul(0.25f);
        FloatVector t10 = outer0.sub(inner0);
        FloatVector t20 = outer0.add(inner0);
        FloatVector t30 = far0.add(near0);
        FloatVector t40 = far0.sub(near0);
        FloatVector g01 = FloatVector.fromArray(SPECIES, g, gAt + 1 * LANES);
        FloatVector g11 = FloatVector.fromArray(SPECIES, g, gAt + 4 * LANES);
        FloatVector g21 = FloatVector.fromArray(SPECIES, g, gAt + 7 * LANES);
        FloatVector outer1 = g01.add(g21).mul(-SIXTH);
        FloatVector inner1 = g11.mul(SIXTH);
        FloatVector far1 = g01.mul(TWENTY_FOURTH).add(g21.mul(SIXTH));
        FloatVector near1 = g11.mul(TWELFTH);
        FloatVector t01 = g01.mul(0.25f);
        FloatVector t11 = outer1.sub(inner1);
        FloatVector t21 = outer1.add(inner1);
        FloatVector t31 = far1.add(near1);
        FloatVector t41 = far1.sub(near1);
        FloatVector g02 = FloatVector.fromArray(SPECIES, g, gAt + 2 * LANES);
        FloatVector g12 = FloatVector.fromArray(SPECIES, g, gAt + 5 * LANES);
        FloatVector g22 = FloatVector.fromArray(SPECIES, g, gAt + 8 * LANES);
        FloatVector outer2 = g02.add(g22).mul(-SIXTH);
        FloatVector inner2 = g12.mul(SIXTH);
        FloatVector far2 = g02.mul(TWENTY_FOURTH).add(g22.mul(SIXTH));
        FloatVector near2 = g12.mul(TWELFTH);
        FloatVector t02 = g02.mul(0.25f);
        FloatVector t12 = outer2.sub(inner2);
        FloatVector t22 = outer2.add(inner2);
        FloatVector t32 = far2.add(near2);
        FloatVector t42 = far2.sub(near2);
        FloatVector outerOf0 = t00.add(t02).mul(-SIXTH);
        FloatVector innerOf0 = t01.mul(SIXTH);
        FloatVector farOf0 = t00.mul(TWENTY_FOURTH).add(t02.mul(SIXTH));
        FloatVector nearOf0 = t01.mul(TWELFTH);
        t00.mul(0.25f).intoArray(u, uAt);
        outerOf0.sub(innerOf0).intoArray(u, uAt + stride);
        outerOf0.add(innerOf0).intoArray(u, uAt + 2 * stride);
        farOf0.add(nearOf0).intoArray(u, uAt + 3 * stride);
        farOf0.sub(nearOf0).intoArray(u, uAt + 4 * stride);
        t02.intoArray(u, uAt + 5 * stride);
        int row1 = uAt + 6 * stride;
        FloatVector outerOf1 = t10.add(t12).mul(-SIXTH);
        FloatVector innerOf1 = t11.mul(SIXTH);
        FloatVector farOf1 = t10.mul(TWENTY_FOURTH).add(t12.mul(SIXTH));
        FloatVector nearOf1 = t11.mul(TWELFTH);
        t10.mul(0.25f).intoArray(u, row1);
        outerOf1.sub(innerOf1).intoArray(u, row1 + stride);
        outerOf1.add(innerOf1).intoArray(u, row1 + 2 * stride);
        farOf1.add(nearOf1).intoArray(u, row1 + 3 * stride);
        farOf1.sub(nearOf1).intoArray(u, row1 + 4 * stride);
        t12.intoArray(u, row1 + 5 * stride);
        int row2 = uAt + 12 * stride;
        FloatVector outerOf2 = t20.add(t22).mul(-SIXTH);
        FloatVector innerOf2 = t21.mul(SIXTH);
        FloatVector farOf2 = t20.mul(TWENTY_FOURTH).add(t22.mul(SIXTH));
        FloatVector nearOf2 = t21.mul(TWELFTH);
        t20.mul(0.25f).intoArray(u, row2);
        outerOf2.sub(innerOf2).intoArray(u, row2 + stride);
        outerOf2.add(innerOf2).intoArray(u, row2 + 2 * stride);
        farOf2.add(nearOf2).intoArray(u, row2 + 3 * stride);
        farOf2.sub(nearOf2).intoArray(u, row2 + 4 * stride);
        t22.intoArray(u, row2 + 5 * stride);
        int row3 = uAt + 18 * stride;
        FloatVector outerOf3 = t30.add(t32).mul(-SIXTH);
        FloatVector innerOf3 = t31.mul(SIXTH);
        FloatVector farOf3 = t30.mul(TWENTY_FOURTH).add(t32.mul(SIXTH));
        FloatVector nearOf3 = t31.mul(TWELFTH);
        t30.mul(0.25f).intoArray(u, row3);
        outerOf3.sub(innerOf3).intoArray(u, row3 + stride);
        outerOf3.add(innerOf3).intoArray(u, row3 + 2 * stride);
        farOf3.add(nearOf3).intoArray(u, row3 + 3 * stride);
        farOf3.sub(nearOf3).intoArray(u, row3 + 4 * stride);
        t32.intoArray(u, row3 + 5 * stride);
        int row4 = uAt + 24 * stride;
        FloatVector outerOf4 = t40.add(t42).mul(-SIXTH);
        FloatVector innerOf4 = t41.mul(SIXTH);
        FloatVector farOf4 = t40.mul(TWENTY_FOURTH).add(t42.mul(SIXTH));
        FloatVector nearOf4 = t41.mul(TWELFTH);
        t40.mul(0.25f).intoArray(u, row4);
        outerOf4.sub(innerOf4).intoArray(u, row4 + stride);
        outerOf4.add(innerOf4).intoArray(u, row4 + 2 * stride);
        farOf4.add(nearOf4).intoArray(u, row4 + 3 * stride);
        farOf4.sub(nearOf4).intoArray(u, row4 + 4 * stride);
        t42.intoArray(u, row4 + 5 * stride);
        int row5 = uAt + 30 * stride;
        FloatVector outerOf5 = g20.add(g22).mul(-SIXTH);
        FloatVector innerOf5 = g21.mul(SIXTH);
        FloatVector farOf5 = g20.mul(TWENTY_FOURTH).add(g22.mul(SIXTH));
        FloatVector nearOf5 = g21.mul(TWELFTH);
        g20.mul(0.25f).intoArray(u, row5);
        outerOf5.sub(innerOf5).intoArray(u, row5 + stride);
        outerOf5.add(innerOf5).intoArray(u, row5 + 2 * stride);
        farOf5.add(nearOf5).intoArray(u, row5 + 3 * stride);
        farOf5.sub(nearOf5).intoArray(u, row5 + 4 * stride);
        g22.intoArray(u, row5 + 5 * stride);
    }
}
