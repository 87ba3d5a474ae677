package dev.fovea.runtime.device;

import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Kernels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** All devices of this machine, and the choice among them. */
public final class Devices {
    private Devices() {}

    /** A device with the provider that opens it. */
    public record Found(DeviceProvider provider, DeviceInfo info) {}

    /** The kinds of device on the class path, the CPU first. */
    public static List<DeviceProvider> providers() {
        List<DeviceProvider> providers = new ArrayList<>();
        ServiceLoader.load(DeviceProvider.class, Devices.class.getClassLoader()).forEach(providers::add);
        providers.sort(Comparator.comparing(DeviceProvider::kind));
        return providers;
    }

    /** All devices, the one that {@code best} means first. */
    public static List<Found> all() {
        return of(providers());
    }

    private static List<Found> of(List<DeviceProvider> providers) {
        List<Found> all = new ArrayList<>();
        for (DeviceProvider provider : providers) {
            provider.devices().forEach(info -> all.add(new Found(provider, info)));
        }
        all.sort(Comparator.comparing((Found f) -> -f.info().rank())
                .thenComparing(f -> f.info().id()));
        return all;
    }

    /**
     * The device of a name: {@code best}, {@code cpu}, {@code opencl} (its first) or {@code opencl:1}.
     *
     * @throws DeviceException when there is none; the message lists those there are
     */
    public static Found find(String name) {
        for (Found found : of(asked(name))) {
            String id = found.info().id();
            if (name.equals("best") || id.equals(name) || id.equals(name + ":0")) {
                return found;
            }
        }
        throw new DeviceException("there is no device `" + name + "`; " + offer(name, all()));
    }

    /** Those that may have it: a driver that nobody asked for is not loaded. */
    private static List<DeviceProvider> asked(String name) {
        String kind = name.split(":", 2)[0];
        return providers().stream()
                .filter(provider -> name.equals("best") || provider.kind().equals(kind))
                .toList();
    }

    /**
     * Opens the device of a name.
     *
     * @throws DeviceException when there is none or it cannot be opened
     */
    public static Kernels open(String name, int threads) {
        Found found = find(name);
        return found.provider().open(found.info(), threads);
    }

    private static String offer(String name, List<Found> all) {
        String kind = name.split(":", 2)[0];
        for (DeviceProvider provider : providers()) {
            if (provider.kind().equals(kind) && provider.devices().isEmpty()) {
                return provider.absence();
            }
        }
        return "there are "
                + String.join(
                        ", ",
                        all.stream().map(found -> "`" + found.info().id() + "`").toList())
                + " and `best`";
    }
}
