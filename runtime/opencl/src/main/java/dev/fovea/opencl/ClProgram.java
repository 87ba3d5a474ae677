package dev.fovea.opencl;

import dev.fovea.runtime.kernels.DeviceException;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_program;

/** A program built for the device of a context. */
final class ClProgram extends ClHandle {
    /** Nothing that loosens floating-point arithmetic: results are to agree with the CPU's. */
    private static final String OPTIONS = "-cl-std=CL1.2 ";

    private final ClContext context;
    private final cl_program program;

    private ClProgram(ClContext context, cl_program program) {
        this.context = context;
        this.program = program;
        opened();
    }

    /** What the compiler is called with. */
    static String options(Defines defines) {
        return OPTIONS + defines;
    }

    /**
     * Compiles a program.
     *
     * @throws DeviceException with the compiler's log when it does not compile
     */
    static ClProgram ofSource(ClContext context, ProgramSource source, Defines defines) {
        int[] status = new int[1];
        cl_program id = CL.clCreateProgramWithSource(
                context.id(),
                1,
                new String[] {source.text()},
                new long[] {source.text().length()},
                status);
        ClStatus.check(status[0], context.device(), "take the program " + source.file());
        ClProgram program = new ClProgram(context, id);
        int built = program.build(options(defines));
        if (built != CL.CL_SUCCESS) {
            String log = program.log();
            program.close();
            throw new DeviceException(String.format(
                    "%s could not compile %s (%s) with %s%ndriver: %s, %s%n%s",
                    context.device().label(),
                    source.file(),
                    ClStatus.name(built),
                    options(defines),
                    context.device().platformVersion(),
                    context.device().driver(),
                    log));
        }
        return program;
    }

    /** Takes up a program that was compiled before; null when the driver will not have it. */
    static @org.jspecify.annotations.Nullable ClProgram ofBinary(ClContext context, byte[] binary, String options) {
        int[] status = new int[1];
        int[] binaryStatus = new int[1];
        cl_program id = CL.clCreateProgramWithBinary(
                context.id(),
                1,
                new cl_device_id[] {context.device().id()},
                new long[] {binary.length},
                new byte[][] {binary},
                binaryStatus,
                status);
        if (status[0] != CL.CL_SUCCESS) {
            return null;
        }
        ClProgram program = new ClProgram(context, id);
        if (binaryStatus[0] != CL.CL_SUCCESS || program.build(options) != CL.CL_SUCCESS) {
            program.close();
            return null;
        }
        return program;
    }

    /** JOCL's handle. */
    cl_program id() {
        return program;
    }

    /** The compiler's output, to be given to {@link #ofBinary} another time; empty when the driver keeps it to itself. */
    byte[] binary() {
        long[] sizes = ClInfo.numbers(
                (size, value, needed) -> CL.clGetProgramInfo(program, CL.CL_PROGRAM_BINARY_SIZES, size, value, needed));
        byte[] binary = new byte[Math.toIntExact(sizes[0])];
        if (binary.length > 0) {
            int status = CL.clGetProgramInfo(
                    program, CL.CL_PROGRAM_BINARIES, org.jocl.Sizeof.POINTER, Pointer.to(Pointer.to(binary)), null);
            ClStatus.check(status, context.device(), "hand out a program");
        }
        return binary;
    }

    private int build(String options) {
        int status = CL.clBuildProgram(
                program, 1, new cl_device_id[] {context.device().id()}, options, null, null);
        FaultSignal.giveBack();
        return status;
    }

    private String log() {
        return ClInfo.text((size, value, needed) ->
                CL.clGetProgramBuildInfo(program, context.device().id(), CL.CL_PROGRAM_BUILD_LOG, size, value, needed));
    }

    @Override
    void release() {
        ClStatus.check(CL.clReleaseProgram(program), context.device(), "free a program");
    }
}
