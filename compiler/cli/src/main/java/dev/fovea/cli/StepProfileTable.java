package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.compiler.source.Span;
import dev.fovea.runtime.cpu.Ceilings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;

/**
 * A step's profile as tables: by kind of kernel, then the layers that take longest, each beside what the machine could do.
 */
final class StepProfileTable implements Profile {
    /** Layers that people are shown. */
    private static final int LONGEST = 15;

    private final StepProfile profile;
    private final Ceilings ceilings;
    private final int threads;
    private final Map<String, Span> places = new HashMap<>();

    /**
     * @param ceilings of as many threads as worked
     * @param graph says where layers stand
     */
    StepProfileTable(StepProfile profile, Ceilings ceilings, int threads, Graph graph) {
        this.profile = profile;
        this.ceilings = ceilings;
        this.threads = threads;
        for (OpNode node : graph.operators()) {
            places.put(node.name(), node.span());
        }
    }

    @Override
    public String text() {
        List<Entry<StepWork, StepCost>> longest = profile.longest();
        return String.format(
                        Locale.ROOT,
                        "where the time goes, kernel by kernel: means of the quicker half of %d more steps%n",
                        profile.steps())
                + families()
                + String.format(
                        Locale.ROOT,
                        "%nceilings of %d threads: %.1f GFLOP/s from the first-level cache, %.1f GB/s through memory%n",
                        threads,
                        ceilings.flops() * 1e-9,
                        ceilings.bytes() * 1e-9)
                + (longest.size() > LONGEST
                        ? String.format(Locale.ROOT, "%nthe longest %d of %d:%n", LONGEST, longest.size())
                        : String.format("%nlayer by layer:%n"))
                + layers(longest.subList(0, Math.min(LONGEST, longest.size())));
    }

    private String families() {
        TextTable table = new TextTable("kernel", "runs", "ms", "share, %", "GFLOP/s", "GB/s", "of ceiling, %");
        for (Entry<String, StepCost> family : profile.families()) {
            StepCost cost = family.getValue();
            table.row(
                    family.getKey(),
                    Integer.toString(cost.runs()),
                    milliseconds(cost.seconds()),
                    share(cost.seconds()),
                    gigaflops(cost),
                    gigabytes(cost),
                    ofCeiling(cost));
        }
        double between = profile.between();
        table.row("between kernels", "", milliseconds(between), share(between), "", "", "");
        table.row("step", "", milliseconds(profile.seconds()), share(profile.seconds()), "", "", "");
        return table.text();
    }

    private String layers(List<Entry<StepWork, StepCost>> works) {
        TextTable table = new TextTable(
                "layer", "line", "kernel", "output", "ms", "share, %", "GFLOP/s", "GB/s", "of ceiling, %");
        for (Entry<StepWork, StepCost> entry : works) {
            StepWork work = entry.getKey();
            StepCost cost = entry.getValue();
            table.row(
                    work.title(),
                    line(work),
                    work.kernel(),
                    work.output(),
                    milliseconds(cost.seconds()),
                    share(cost.seconds()),
                    gigaflops(cost),
                    gigabytes(cost),
                    ofCeiling(cost));
        }
        return table.text();
    }

    /** The file, without its folder, and the line. */
    private String line(StepWork work) {
        Span span = places.get(work.layer());
        if (span == null) {
            return "";
        }
        String path = span.file().path().replace('\\', '/');
        return path.substring(path.lastIndexOf('/') + 1) + ":" + span.line();
    }

    @Override
    public void write(JsonWriter json) {
        json.name("profile").beginObject();
        json.name("steps").value(profile.steps());
        json.name("ms_per_step").value(profile.seconds() * 1e3);
        json.name("ms_between_kernels").value(profile.between() * 1e3);
        json.name("ceiling_gflops").value(ceilings.flops() * 1e-9);
        json.name("ceiling_gb_per_s").value(ceilings.bytes() * 1e-9);
        json.name("families").beginArray();
        for (Entry<String, StepCost> family : profile.families()) {
            json.beginObject().name("kernel").value(family.getKey());
            write(json, family.getValue());
            json.endObject();
        }
        json.endArray();
        json.name("layers").beginArray();
        for (Entry<StepWork, StepCost> entry : profile.longest()) {
            write(json, entry.getKey());
            write(json, entry.getValue());
            json.endObject();
        }
        json.endArray().endObject();
    }

    /** Begins the object of a layer. */
    private void write(JsonWriter json, StepWork work) {
        json.beginObject().name("layer").value(work.layer());
        json.name("with").beginArray();
        work.layers().stream().skip(1).forEach(json::value);
        json.endArray();
        Span span = places.get(work.layer());
        if (span != null) {
            json.name("file").value(span.file().path());
            json.name("line").value(span.line());
        }
        json.name("kernel").value(work.kernel());
        json.name("op").value(work.operator());
        json.name("pass").value(work.pass());
        json.name("algorithm").value(work.algorithm());
        json.name("output").value(work.output());
    }

    private void write(JsonWriter json, StepCost cost) {
        json.name("runs").value(cost.runs());
        json.name("ms").value(cost.seconds() * 1e3);
        json.name("share").value(profile.share(cost.seconds()));
        json.name("gflops").value(cost.gigaflops());
        json.name("gb_per_s").value(cost.gigabytes());
        json.name("floor_ms").value(floor(cost) * 1e3);
    }

    private double floor(StepCost cost) {
        return ceilings.floor(cost.least(), cost.bytes());
    }

    private static String milliseconds(double seconds) {
        return number("%.3f", seconds * 1e3);
    }

    private String share(double seconds) {
        return number("%.1f", 100 * profile.share(seconds));
    }

    private static String gigaflops(StepCost cost) {
        return cost.flops() == 0 ? "" : number("%.1f", cost.gigaflops());
    }

    private static String gigabytes(StepCost cost) {
        return cost.bytes() == 0 ? "" : number("%.1f", cost.gigabytes());
    }

    private String ofCeiling(StepCost cost) {
        double floor = floor(cost);
        return floor == 0 || cost.seconds() == 0 ? "" : number("%.0f", 100 * floor / cost.seconds());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
