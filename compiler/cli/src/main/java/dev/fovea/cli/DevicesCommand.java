package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.device.DeviceProvider;
import dev.fovea.runtime.device.Devices;
import dev.fovea.runtime.device.Devices.Found;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea devices}: what was found, what {@code best} means, and why a kind of device is missing. */
@Command(name = "devices", description = "Lists the devices of this machine, which one is used, and why.")
final class DevicesCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final FormatOption format = new FormatOption();

    DevicesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Found> devices = Devices.all();
        if (format.json()) {
            console.out().println(json(devices));
        } else {
            console.out().print(text(devices));
        }
        return ExitStatus.OK;
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

    private static String json(List<Found> devices) {
        JsonWriter json = new JsonWriter().beginObject().name("best");
        json.value(devices.get(0).info().id()).name("devices").beginArray();
        for (Found found : devices) {
            json.beginObject().name("id").value(found.info().id());
            json.name("name").value(found.info().name());
            json.name("detail").value(found.info().detail()).endObject();
        }
        json.endArray().name("absent").beginArray();
        for (DeviceProvider provider : absent()) {
            json.beginObject().name("kind").value(provider.kind());
            json.name("reason").value(provider.absence()).endObject();
        }
        return json.endArray().endObject().toString();
    }
}
