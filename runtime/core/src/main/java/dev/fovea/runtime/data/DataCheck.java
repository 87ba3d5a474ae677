package dev.fovea.runtime.data;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.CheckedPart.Content;
import dev.fovea.runtime.data.DataReport.Duplicates;
import dev.fovea.runtime.data.DataReport.Fault;
import dev.fovea.runtime.data.DataReport.Part;
import dev.fovea.runtime.data.DataReport.Place;
import dev.fovea.runtime.data.DataReport.Statistics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks at every sample of a data set before it is trained with. */
public final class DataCheck {
    private DataCheck() {}

    /** What became of a sample: a message where it is at fault, else its class, a hash of its numbers, and its channels' moments. */
    private record Look(String fault, int label, String hash, List<Moments> channels, boolean isGrey) {}

    /** The mean of a channel and of its squares. */
    private record Moments(double mean, double square) {}

    /**
     * Reads all samples, on all processors. What is found does not depend on their number.
     *
     * @param parts those that are trained with first
     */
    public static DataReport of(List<CheckedPart> parts) {
        List<Part> reports = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        Map<String, List<Place>> equal = new LinkedHashMap<>();
        Optional<Statistics> statistics = Optional.empty();
        for (CheckedPart part : parts) {
            List<Look> looks = IntStream.range(0, part.size())
                    .parallel()
                    .mapToObj(index -> look(part, index))
                    .toList();
            int[] counts = new int[part.classes().size()];
            for (int index = 0; index < looks.size(); index++) {
                Look look = looks.get(index);
                if (!look.fault().isEmpty()) {
                    faults.add(new Fault(part.place(index), look.fault()));
                    continue;
                }
                counts[look.label()]++;
                equal.computeIfAbsent(look.hash(), none -> new ArrayList<>(1))
                        .add(new Place(
                                part.name(), part.place(index), part.classes().get(look.label())));
            }
            if (reports.isEmpty()) {
                statistics = statistics(looks);
            }
            List<Integer> all = IntStream.of(counts).boxed().toList();
            reports.add(new Part(part.name(), part.size(), part.classes(), all));
        }
        List<Duplicates> duplicates = equal.values().stream()
                .filter(places -> places.size() > 1)
                .map(Duplicates::new)
                .toList();
        return new DataReport(reports, faults, duplicates, statistics);
    }

    /**
     * Mean and deviation of a part alone.
     *
     * @return empty where the samples that can be read are no pictures with equally many channels
     */
    public static Optional<Statistics> statistics(CheckedPart part) {
        return statistics(IntStream.range(0, part.size())
                .parallel()
                .mapToObj(index -> look(part, index))
                .toList());
    }

    private static Look look(CheckedPart part, int index) {
        try {
            Content content = part.read(index);
            if (content.label() < 0 || content.label() >= part.classes().size()) {
                return fault(
                        content.label() < 0
                                ? "its class is not among those that are trained with"
                                : "its label is " + content.label() + ", but there are "
                                        + part.classes().size() + " classes");
            }
            return new Look("", content.label(), hash(content), moments(content), isGrey(content));
        } catch (FoveaException e) {
            return fault(e.message());
        }
    }

    private static Look fault(String message) {
        return new Look(message, -1, "", List.of(), false);
    }

    private static String hash(Content content) {
        ByteBuffer bytes = ByteBuffer.allocate(content.values().length * Float.BYTES);
        bytes.asFloatBuffer().put(content.values());
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.shape().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static List<Moments> moments(Content content) {
        if (content.shape().rank() != 3) {
            return List.of();
        }
        int area = content.shape().area();
        List<Moments> all = new ArrayList<>();
        for (int channel = 0; channel < content.shape().channels(); channel++) {
            double sum = 0;
            double squares = 0;
            for (int i = channel * area; i < (channel + 1) * area; i++) {
                double value = content.values()[i];
                sum += value;
                squares += value * value;
            }
            all.add(new Moments(sum / area, squares / area));
        }
        return all;
    }

    private static boolean isGrey(Content content) {
        if (content.shape().rank() != 3 || content.shape().channels() != 3) {
            return false;
        }
        int area = content.shape().area();
        float[] values = content.values();
        for (int i = 0; i < area; i++) {
            if (values[i] != values[area + i] || values[i] != values[2 * area + i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Statistics> statistics(List<Look> looks) {
        List<Look> sound = looks.stream().filter(look -> look.fault().isEmpty()).toList();
        int channels = sound.isEmpty() ? 0 : sound.get(0).channels().size();
        if (channels == 0 || sound.stream().anyMatch(look -> look.channels().size() != channels)) {
            return Optional.empty();
        }
        boolean allGrey = sound.stream().allMatch(Look::isGrey);
        List<Double> mean = new ArrayList<>();
        List<Double> deviation = new ArrayList<>();
        for (int channel = 0; channel < (allGrey ? 1 : channels); channel++) {
            double sum = 0;
            double squares = 0;
            for (Look look : sound) {
                sum += look.channels().get(channel).mean();
                squares += look.channels().get(channel).square();
            }
            double center = sum / sound.size();
            mean.add(center);
            deviation.add(Math.sqrt(Math.max(0, squares / sound.size() - center * center)));
        }
        return Optional.of(new Statistics(mean, deviation));
    }
}
