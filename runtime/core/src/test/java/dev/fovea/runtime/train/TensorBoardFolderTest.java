package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.watch.TensorBoardFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files, read back by a decoder that shares nothing with what wrote them. */
class TensorBoardFolderTest {
    private static final int VALUE = 1;

    @TempDir
    Path folder;

    /** A summary's value: its tag and the fields beside it, by number. */
    private record Value(long step, String tag, Map<Integer, List<Object>> fields) {}

    @Test
    void scalarsHistogramsAndPicturesOfEveryEpoch() throws Exception {
        Recipe recipe = Recipes.recipe(Recipes.LOSS).withEpochs(3);
        TrainingReport report;
        float[] weights;
        try (TinyModel model = TinyModel.training(8, 1);
                TensorBoardFolder events = new TensorBoardFolder(folder, model, warning -> {})) {
            report = new Trainer(model, recipe)
                    .train(Recipes.pictures(70, 1), Optional.of(Recipes.pictures(21, 2)), events);
            weights = model.weights().read(model.weights().find("fc1.weight").orElseThrow());
        }
        List<Value> values = values(onlyFile());
        for (int epoch = 0; epoch < 3; epoch++) {
            EpochReport expected = report.epochs().get(epoch);
            long step = 9L * (epoch + 1);
            assertThat(scalar(values, "loss/train", step))
                    .isEqualTo((float) expected.training().loss());
            assertThat(scalar(values, "accuracy/test", step))
                    .isEqualTo(expected.test()
                            .orElseThrow()
                            .metrics()
                            .get("accuracy")
                            .floatValue());
            assertThat(scalar(values, "learning_rate", step)).isEqualTo(expected.learningRate());
        }
        // HistogramProto: min 1, max 2, num 3, sum 4, sum of squares 5, limits 6, counts 7
        Map<Integer, List<Object>> histogram = message(
                (byte[]) find(values, "weights/fc1.weight", 27).fields().get(5).get(0));
        double sum = 0;
        double squares = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (float weight : weights) {
            sum += weight;
            squares += (double) weight * weight;
            largest = Math.max(largest, weight);
        }
        assertThat(histogram.get(3)).containsExactly(80.0);
        assertThat(histogram.get(4)).containsExactly(sum);
        assertThat(histogram.get(5)).containsExactly(squares);
        assertThat(histogram.get(2)).containsExactly(largest);
        double[] limits = doubles((byte[]) histogram.get(6).get(0));
        double[] counts = doubles((byte[]) histogram.get(7).get(0));
        assertThat(limits).hasSize(30).isSorted().endsWith(largest);
        assertThat(Arrays.stream(counts).sum()).isEqualTo(80);
        assertThat(find(values, "gradients/fc2.bias", 9).fields()).containsKey(5);

        // Summary.Image: height 1, width 2, channels 3, PNG 4: a dense layer on 4x4 pixels, 5 units beside each other
        BufferedImage filters = image(find(values, "filters/fc1.weight", 18));
        assertThat(filters.getHeight()).isEqualTo(4 * 12 + 2);
        assertThat(filters.getWidth()).isEqualTo(5 * 49 + 1);
        BufferedImage confusion = image(find(values, "confusion", 27));
        ConfusionMatrix matrix = report.last().test().orElseThrow().confusion().orElseThrow();
        int side = confusion.getWidth() / 3;
        for (int label = 0; label < 3; label++) {
            for (int as = 0; as < 3; as++) {
                double share = (double) matrix.count(label, as) / matrix.samples(label);
                assertThat(confusion.getRaster().getSample(as * side + 2, label * side + 2, 0))
                        .isEqualTo((int) Math.round(255 * (1 - share)));
            }
        }
    }

    @Test
    void aFileThatCannotBeWrittenDoesNotEndTheRun() throws Exception {
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "");
        List<String> warnings = new ArrayList<>();
        Recipe recipe = Recipes.recipe(Recipes.LOSS).withEpochs(2);
        try (TinyModel model = TinyModel.training(8, 1);
                TensorBoardFolder events = new TensorBoardFolder(blocked.resolve("run"), model, warnings::add)) {
            TrainingReport report = new Trainer(model, recipe).train(Recipes.pictures(20, 1), Optional.empty(), events);
            assertThat(report.epochs()).hasSize(2);
        }
        assertThat(warnings).singleElement().asString().startsWith("nothing more is written for TensorBoard, ");
    }

    private Path onlyFile() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            assertThat(all.get(0).getFileName().toString()).startsWith("events.out.tfevents.");
            return all.get(0);
        }
    }

    private static float scalar(List<Value> values, String tag, long step) {
        return (Float) find(values, tag, step).fields().get(2).get(0);
    }

    private static Value find(List<Value> values, String tag, long step) {
        return values.stream()
                .filter(value -> value.tag().equals(tag) && value.step() == step)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + tag + " at " + step));
    }

    private static BufferedImage image(Value value) throws Exception {
        Map<Integer, List<Object>> image =
                message((byte[]) value.fields().get(4).get(0));
        BufferedImage picture =
                ImageIO.read(new ByteArrayInputStream((byte[]) image.get(4).get(0)));
        assertThat(image.get(1)).containsExactly((long) picture.getHeight());
        assertThat(image.get(2)).containsExactly((long) picture.getWidth());
        assertThat(image.get(3)).containsExactly((long) picture.getColorModel().getNumComponents());
        return picture;
    }

    private static List<Value> values(Path file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Value> values = new ArrayList<>();
        boolean first = true;
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(bytes.getInt()).isEqualTo(masked(length));
            byte[] record = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            bytes.get(record);
            assertThat(bytes.getInt()).isEqualTo(masked(record));
            Map<Integer, List<Object>> event = message(record);
            if (first) {
                assertThat(text(event, 3)).isEqualTo("brain.Event:2");
                first = false;
                continue;
            }
            long step = (Long) event.get(2).get(0);
            for (Object value : message((byte[]) event.get(5).get(0)).getOrDefault(VALUE, List.of())) {
                Map<Integer, List<Object>> fields = message((byte[]) value);
                values.add(new Value(step, text(fields, 1), fields));
            }
        }
        return values;
    }

    private static String text(Map<Integer, List<Object>> message, int field) {
        return new String((byte[]) message.get(field).get(0), StandardCharsets.UTF_8);
    }

    private static double[] doubles(byte[] packed) {
        double[] values = new double[packed.length / 8];
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        return values;
    }

    private static Map<Integer, List<Object>> message(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, List<Object>> fields = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            Object value =
                    switch ((int) (tag & 7)) {
                        case 0 -> varint(in);
                        case 1 -> in.getDouble();
                        case 2 -> {
                            byte[] part = new byte[(int) varint(in)];
                            in.get(part);
                            yield part;
                        }
                        case 5 -> in.getFloat();
                        default -> throw new AssertionError("wire type of " + tag);
                    };
            fields.computeIfAbsent((int) (tag >>> 3), none -> new ArrayList<>()).add(value);
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** CRC-32C bit by bit (its check value: 123456789 gives e3069283), masked as TensorFlow does. */
    private static int masked(byte[] bytes) {
        assertThat(crc("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xe3069283);
        int sum = crc(bytes);
        return ((sum >>> 15) | (sum << 17)) + 0xa282ead8;
    }

    private static int crc(byte[] bytes) {
        int sum = ~0;
        for (byte next : bytes) {
            sum ^= next & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & 1) == 0 ? sum >>> 1 : (sum >>> 1) ^ 0x82f63b78;
            }
        }
        return ~sum;
    }
}
