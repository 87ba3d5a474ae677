package dev.fovea.cli;

/**
 * What some work takes in a step, beside what it cannot do without.
 *
 * @param runs how often it is done
 * @param seconds all of them together
 * @param flops floating-point operations of products, a multiply-add counted as two, by the direct algorithm whatever is used; 0
 *     for work that memory bounds
 * @param least of these operations, what the algorithm cannot do without
 * @param bytes that move when every tensor is moved once
 */
record StepCost(int runs, double seconds, double flops, double least, double bytes) {
    static final StepCost NOTHING = new StepCost(0, 0, 0, 0, 0);

    /** Both together. */
    StepCost plus(StepCost other) {
        return new StepCost(
                runs + other.runs,
                seconds + other.seconds,
                flops + other.flops,
                least + other.least,
                bytes + other.bytes);
    }

    /** 10⁹ floating-point operations a second. */
    double gigaflops() {
        return seconds == 0 ? 0 : flops / seconds * 1e-9;
    }

    /** 10⁹ bytes a second. */
    double gigabytes() {
        return seconds == 0 ? 0 : bytes / seconds * 1e-9;
    }
}
