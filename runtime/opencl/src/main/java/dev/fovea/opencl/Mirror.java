package dev.fovea.opencl;

import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;

/**
 * A tensor on the device and its copy on the host.
 *
 * @param device where it is
 * @param host the copy, its samples one behind the other
 */
record Mirror(DeviceRegion device, Region host) {
    /** Room for the copy of a tensor. */
    static Mirror of(DeviceRegion device, int samples, CpuKernels cpu) {
        long stride = device.stride() == 0 ? 0 : device.size();
        long floats = device.stride() == 0 ? device.size() : device.size() * samples;
        return new Mirror(device, new Region(cpu.allocate("the copy of a tensor", floats), 0, stride));
    }

    /** Copies the first samples to the host. */
    void bring(int batch) {
        float[] copy = CpuMemory.values(host);
        int size = (int) device.size();
        if (device.stride() == 0) {
            device.buffer().read(device.offset(), copy, 0, size);
        } else if (device.isDense()) {
            device.buffer().read(device.offset(), copy, 0, size * batch);
        } else {
            for (int sample = 0; sample < batch; sample++) {
                device.buffer().read(device.offset() + sample * device.stride(), copy, size * sample, size);
            }
        }
    }

    /** Copies the first samples to the device. */
    void takeBack(int batch) {
        float[] copy = CpuMemory.values(host);
        int size = (int) device.size();
        if (device.stride() == 0) {
            device.buffer().write(device.offset(), copy, 0, size);
        } else if (device.isDense()) {
            device.buffer().write(device.offset(), copy, 0, size * batch);
        } else {
            for (int sample = 0; sample < batch; sample++) {
                device.buffer().write(device.offset() + sample * device.stride(), copy, size * sample, size);
            }
        }
    }
}
