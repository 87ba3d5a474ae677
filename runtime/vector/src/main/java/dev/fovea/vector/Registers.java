package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;

/** How many vector registers the loops may count on, which decides the sizes of their tiles. */
final class Registers {
    private static final int AVX512_LANES = 16;

    /**
     * Whether there are 16 and not 32 registers: x86 without AVX-512. Machines of other kinds with short vectors, such as
     * 64-bit ARM's, have 32.
     */
    static final boolean FEW =
            FloatVector.SPECIES_PREFERRED.length() < AVX512_LANES && isX86(System.getProperty("os.arch", ""));

    /** Whether they hold too little for {@link Quarters}. */
    static final boolean SHORT = FloatVector.SPECIES_PREFERRED.length() < 4;

    private Registers() {}

    private static boolean isX86(String architecture) {
        return architecture.equals("amd64") || architecture.equals("x86_64") || architecture.equals("x86");
    }
}
