package dev.fovea.opencl;

/**
 * What the launches of a kernel took together, by the device's clock, beside what they cannot do without: the roofline model of
 * S. Williams, A. Waterman and D. Patterson, "Roofline", CACM 52 (2009).
 *
 * @param kernel the program's file and the function
 * @param launches how often it was launched
 * @param seconds what all launches took
 * @param flops floating-point operations of matrix products, a multiply-add counted as two; 0 for other kernels, which memory
 *     bounds
 * @param bytes what moves when every tensor is moved once between memory and the device's cores
 */
public record KernelTime(String kernel, int launches, double seconds, double flops, double bytes) {
    /** 10⁹ floating-point operations a second. */
    public double gigaflops() {
        return seconds == 0 ? 0 : flops / seconds * 1e-9;
    }

    /** 10⁹ bytes a second. */
    public double gigabytes() {
        return seconds == 0 ? 0 : bytes / seconds * 1e-9;
    }

    KernelTime plus(KernelTime other) {
        return new KernelTime(
                kernel, launches + other.launches, seconds + other.seconds, flops + other.flops, bytes + other.bytes);
    }
}
