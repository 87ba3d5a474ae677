package dev.fovea.opencl;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * Finds the devices, once a process. Whatever a driver does short of crashing (no loader, no platform, a platform that
 * answers with errors) leaves a shorter list and one line in the log.
 */
final class ClPlatforms {
    private static final Logger LOGGER = System.getLogger(ClPlatforms.class.getPackageName());

    /**
     * JOCL unpacks its native library into the temporary folder and loads it from there; unless told otherwise under a name
     * anybody could have put a library of their own at. It reads this property when {@code CL} is initialised.
     */
    private static final String UNIQUE_NAMES_PROPERTY = "uniqueLibraryNames";

    private ClPlatforms() {}

    /**
     * What was found.
     *
     * @param devices those that can run our programs, numbered in the order of platforms and devices
     * @param absence why there are none, or an empty string
     */
    record Discovery(List<ClDevice> devices, String absence) {
        Discovery {
            devices = List.copyOf(devices);
        }
    }

    /** The result of looking, which happens at the first call. */
    static Discovery discovery() {
        return Once.DISCOVERY;
    }

    private static final class Once {
        static final Discovery DISCOVERY = discover();
    }

    private static Discovery discover() {
        System.setProperty(UNIQUE_NAMES_PROPERTY, "true");
        List<ClDevice> devices = new ArrayList<>();
        String absence;
        try {
            absence = collect(devices);
        } catch (LinkageError missing) {
            absence = reason(missing);
        } catch (RuntimeException broken) {
            absence = "the OpenCL driver failed: " + firstLine(broken);
        }
        FaultSignal.giveBack();
        if (devices.isEmpty()) {
            LOGGER.log(Level.INFO, "no OpenCL device: " + absence);
            return new Discovery(devices, absence);
        }
        return new Discovery(devices, "");
    }

    /** Fills the list; what it returns is why the list is empty, if it is. */
    private static String collect(List<ClDevice> devices) {
        int[] count = new int[1];
        int status = CL.clGetPlatformIDs(0, null, count);
        if (status != CL.CL_SUCCESS || count[0] == 0) {
            return "the OpenCL loader knows no platform (" + ClStatus.name(status)
                    + "): install the OpenCL driver of the device, for a CPU pocl-opencl-icd";
        }
        cl_platform_id[] platforms = new cl_platform_id[count[0]];
        status = CL.clGetPlatformIDs(platforms.length, platforms, null);
        if (status != CL.CL_SUCCESS) {
            return "the OpenCL loader does not list its platforms: " + ClStatus.name(status);
        }
        List<String> reasons = new ArrayList<>();
        for (cl_platform_id platform : platforms) {
            try {
                collect(platform, devices, reasons);
            } catch (RuntimeException broken) {
                note("a platform does not answer: " + firstLine(broken), reasons);
            }
        }
        return reasons.isEmpty() ? "no platform has a device" : String.join("; ", reasons);
    }

    private static void collect(cl_platform_id platform, List<ClDevice> devices, List<String> reasons) {
        String platformName = ClDevices.platformName(platform);
        int[] count = new int[1];
        int status = CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
        if (status != CL.CL_SUCCESS || count[0] == 0) {
            note("platform " + platformName + " has no device (" + ClStatus.name(status) + ")", reasons);
            return;
        }
        cl_device_id[] ids = new cl_device_id[count[0]];
        status = CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, ids.length, ids, null);
        if (status != CL.CL_SUCCESS) {
            note("platform " + platformName + " does not list its devices: " + ClStatus.name(status), reasons);
            return;
        }
        for (cl_device_id id : ids) {
            try {
                String unfit = ClDevices.unfit(id);
                if (unfit.isEmpty()) {
                    devices.add(ClDevices.describe(devices.size(), platform, id));
                } else {
                    note("platform " + platformName + ": " + unfit, reasons);
                }
            } catch (RuntimeException broken) {
                note("a device of platform " + platformName + " does not answer: " + firstLine(broken), reasons);
            }
        }
    }

    private static void note(String reason, List<String> reasons) {
        LOGGER.log(Level.DEBUG, reason);
        reasons.add(reason);
    }

    private static String reason(LinkageError missing) {
        if (missing instanceof NoClassDefFoundError
                && String.valueOf(missing.getMessage()).startsWith("org/jocl/")) {
            return "JOCL is not on the class path";
        }
        if (String.valueOf(missing.getMessage()).contains("OpenCL library")) {
            return "the system has no OpenCL loader: install ocl-icd-libopencl1 or the driver of the device";
        }
        return "JOCL's native library cannot be loaded: " + firstLine(missing);
    }

    private static String firstLine(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return message.lines().findFirst().orElse(thrown.getClass().getSimpleName());
    }
}
