package dev.fovea.opencl;

import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.device.Devices;
import java.io.File;
import java.util.Objects;

/** Prints what {@link ClPlatformsTest} wants to know about a process of its own. */
final class ShowDevices {
    private ShowDevices() {}

    /** Lines {@code device: …} and {@code library: …}, the last one {@code absence: …}. */
    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %5$s%n");
        Devices.all(); // what a program would call first: it must not fail either
        OpenClProvider provider = new OpenClProvider();
        for (DeviceInfo device : provider.devices()) {
            System.out.println("device: " + device.id() + " " + device.name() + ", " + device.detail());
        }
        String[] files = Objects.requireNonNull(new File(System.getProperty("java.io.tmpdir")).list());
        for (String file : files) {
            if (file.contains("JOCL")) {
                System.out.println("library: " + file);
            }
        }
        System.out.println("absence: " + provider.absence());
    }
}
