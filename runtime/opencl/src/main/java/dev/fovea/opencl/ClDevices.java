package dev.fovea.opencl;

import dev.fovea.opencl.ClDevice.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** Asks a driver about its devices. */
final class ClDevices {
    /** How every version string begins, by the standard. */
    private static final Pattern VERSION = Pattern.compile("OpenCL (\\d+)\\.(\\d+).*", Pattern.DOTALL);

    private ClDevices() {}

    /** The platform's name. */
    static String platformName(cl_platform_id platform) {
        return platformText(platform, CL.CL_PLATFORM_NAME);
    }

    /** Why a device cannot be used, or an empty string. */
    static String unfit(cl_device_id id) {
        String name = text(id, CL.CL_DEVICE_NAME);
        if (number(id, CL.CL_DEVICE_AVAILABLE) == 0) {
            return name + " is not available";
        }
        if (number(id, CL.CL_DEVICE_COMPILER_AVAILABLE) == 0) {
            return name + " comes without a compiler";
        }
        String version = text(id, CL.CL_DEVICE_VERSION);
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches() || !isRecent(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))) {
            return name + " has " + version + ", and 1.2 is needed";
        }
        return "";
    }

    private static boolean isRecent(int major, int minor) {
        return major > 1 || (major == 1 && minor >= 2);
    }

    /** All we want to know about a device. */
    static ClDevice describe(int index, cl_platform_id platform, cl_device_id id) {
        return new ClDevice(
                index,
                platform,
                id,
                kind(number(id, CL.CL_DEVICE_TYPE)),
                text(id, CL.CL_DEVICE_NAME),
                platformName(platform) + ", " + platformText(platform, CL.CL_PLATFORM_VERSION),
                text(id, CL.CL_DRIVER_VERSION),
                Math.toIntExact(number(id, CL.CL_DEVICE_MAX_COMPUTE_UNITS)),
                number(id, CL.CL_DEVICE_GLOBAL_MEM_SIZE),
                number(id, CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
                number(id, CL.CL_DEVICE_LOCAL_MEM_SIZE),
                number(id, CL.CL_DEVICE_MAX_WORK_GROUP_SIZE),
                groupLimits(id),
                Math.toIntExact(number(id, CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT)));
    }

    private static Kind kind(long type) {
        if ((type & CL.CL_DEVICE_TYPE_GPU) != 0) {
            return Kind.GPU;
        }
        return (type & CL.CL_DEVICE_TYPE_CPU) != 0 ? Kind.CPU : Kind.OTHER;
    }

    private static List<Long> groupLimits(cl_device_id id) {
        long[] limits = ClInfo.numbers(
                (size, value, needed) -> CL.clGetDeviceInfo(id, CL.CL_DEVICE_MAX_WORK_ITEM_SIZES, size, value, needed));
        return Arrays.stream(limits).boxed().toList();
    }

    private static long number(cl_device_id id, int what) {
        return ClInfo.number((size, value, needed) -> CL.clGetDeviceInfo(id, what, size, value, needed));
    }

    private static String text(cl_device_id id, int what) {
        return ClInfo.text((size, value, needed) -> CL.clGetDeviceInfo(id, what, size, value, needed));
    }

    private static String platformText(cl_platform_id platform, int what) {
        return ClInfo.text((size, value, needed) -> CL.clGetPlatformInfo(platform, what, size, value, needed));
    }
}
