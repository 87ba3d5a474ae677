package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.opencl.OpenClProvider;
import dev.fovea.runtime.device.DeviceProvider;
import dev.fovea.runtime.device.Devices;
import dev.fovea.runtime.device.Devices.Found;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea devices}: what was found, what {@code best} means, and why a kind of device is missing. */
@Command(name = "devices", description = "Lists the devices of this machine, which one is used, and why.")
final class DevicesCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Option(
            names = "--check",
            description = "Run every kernel of each OpenCL device and compare with the CPU; status 1 if one differs.")
    private boolean check;

    DevicesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Found> devices = Devices.all();
        Map<String, DeviceCheck> checks = check ? checks(devices) : Map.of();
        if (format.json()) {
            console.out().println(json(devices, checks));
        } else {
            console.out().print(text(devices));
            checks.values().forEach(one -> console.out().print("\n" + one.text()));
        }
        return checks.values().stream().allMatch(DeviceCheck::passes) ? ExitStatus.OK : ExitStatus.INPUT;
    }

    private static Map<String, DeviceCheck> checks(List<Found> devices) {
        Map<String, DeviceCheck> checks = new LinkedHashMap<>();
        for (Found found : devices) {
            if (found.provider() instanceof OpenClProvider) {
                checks.put(
                        found.info().id(),
                        DeviceCheck.run(found.info(), Runtime.getRuntime().availableProcessors()));
            }
        }
        return checks;
    }

    private static String text(List<Found> devices) {
        TextTable table = new TextTable("device", "name", "detail");
        for (Found found : devices) {
            table.row(found.info().id(), found.info().name(), found.info().detail());
        }
        StringBuilder text = new StringBuilder(table.text());
        text.append("\n`best`, which is used unless --device says otherwise, is `")
                .append(devices.get(0).info().id())
                .append("`: ")
                .append(reason(devices))
                .append('\n');
        for (DeviceProvider absent : absent()) {
            text.append("no `")
                    .append(absent.kind())
                    .append("`: ")
                    .append(absent.absence())
                    .append('\n');
        }
        return text.toString();
    }

    private static String reason(List<Found> devices) {
        Found best = devices.get(0);
        if (devices.size() == 1) {
            return "there is no other";
        }
        boolean cpu = best.info().id().equals("cpu");
        return cpu
                ? "our own CPU kernels outrun OpenCL on a processor, and no graphics processor was found"
                : "a graphics processor goes before the CPU";
    }

    private static List<DeviceProvider> absent() {
        return Devices.providers().stream()
                .filter(provider -> provider.devices().isEmpty())
                .toList();
    }

    private static String json(List<Found> devices, Map<String, DeviceCheck> checks) {
        JsonWriter json = new JsonWriter().beginObject().name("best");
        json.value(devices.get(0).info().id()).name("devices").beginArray();
        for (Found found : devices) {
            json.beginObject().name("id").value(found.info().id());
            json.name("name").value(found.info().name());
            json.name("detail").value(found.info().detail());
            DeviceCheck checked = checks.get(found.info().id());
            if (checked != null) {
                checked.write(json.name("check"));
            }
            json.endObject();
        }
        json.endArray().name("absent").beginArray();
        for (DeviceProvider provider : absent()) {
            json.beginObject().name("kind").value(provider.kind());
            json.name("reason").value(provider.absence()).endObject();
        }
        return json.endArray().endObject().toString();
    }
}
