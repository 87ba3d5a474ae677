package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.opencl.KernelCheck;
import dev.fovea.opencl.KernelCheck.Row;
import dev.fovea.opencl.KernelCheck.Verdict;
import dev.fovea.runtime.device.DeviceInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every kernel of an OpenCL device against the CPU, summed up by operator. */
final class DeviceCheck {
    private final DeviceInfo device;
    private final Map<String, List<Row>> byOperator = new LinkedHashMap<>();

    private DeviceCheck(DeviceInfo device, List<Row> rows) {
        this.device = device;
        for (Row row : rows) {
            byOperator
                    .computeIfAbsent(row.operator(), name -> new ArrayList<>())
                    .add(row);
        }
    }

    static DeviceCheck run(DeviceInfo device, int threads) {
        return new DeviceCheck(device, KernelCheck.run(device, threads, row -> {}));
    }

    /** Whether nothing failed or differs; what runs on the CPU is no fault. */
    boolean passes() {
        return byOperator.keySet().stream().map(this::verdict).noneMatch(DeviceCheck::isFault);
    }

    private static boolean isFault(Verdict verdict) {
        return verdict == Verdict.DIFFERS || verdict == Verdict.FAILED;
    }

    /** The worst of an operator's samples: of the verdicts a fault, else that of all. */
    private Verdict verdict(String operator) {
        List<Verdict> verdicts =
                rows(operator).stream().map(Row::verdict).distinct().toList();
        return verdicts.stream()
                .filter(DeviceCheck::isFault)
                .findFirst()
                .orElse(verdicts.contains(Verdict.AGREES) ? Verdict.AGREES : Verdict.ON_CPU);
    }

    private List<Row> rows(String operator) {
        return byOperator.getOrDefault(operator, List.of());
    }

    private double forward(String operator) {
        return rows(operator).stream().mapToDouble(Row::forwardError).max().orElse(0);
    }

    private double backward(String operator) {
        return rows(operator).stream().mapToDouble(Row::backwardError).max().orElse(0);
    }

    String text() {
        TextTable table = new TextTable(device.id(), "samples", "forward", "backward", "");
        for (String operator : byOperator.keySet()) {
            Verdict verdict = verdict(operator);
            boolean ran = verdict == Verdict.AGREES || verdict == Verdict.DIFFERS;
            table.row(
                    operator,
                    String.valueOf(rows(operator).size()),
                    ran ? error(forward(operator)) : "",
                    ran ? error(backward(operator)) : "",
                    words(verdict));
        }
        StringBuilder text = new StringBuilder(table.text());
        byOperator.values().stream()
                .flatMap(List::stream)
                .filter(row -> isFault(row.verdict()))
                .forEach(row -> text.append(words(row.verdict()))
                        .append(": ")
                        .append(row.sample())
                        .append(row.note().isEmpty() ? "" : ": " + row.note())
                        .append('\n'));
        return text.toString();
    }

    void write(JsonWriter json) {
        json.beginArray();
        for (String operator : byOperator.keySet()) {
            json.beginObject().name("operator").value(operator);
            json.name("samples").value(rows(operator).size());
            json.name("verdict").value(verdict(operator).name().toLowerCase(Locale.ROOT));
            json.name("forward_error").value(forward(operator));
            json.name("backward_error").value(backward(operator)).endObject();
        }
        json.endArray();
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case AGREES -> "agrees with the CPU";
            case DIFFERS -> "differs from the CPU";
            case ON_CPU -> "runs on the CPU";
            case FAILED -> "failed";
        };
    }

    private static String error(double error) {
        return String.format(Locale.ROOT, "%.1e", error);
    }
}
