package dev.fovea.cli;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.data.Pipeline;
import dev.fovea.runtime.data.Sample;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.watch.Bitmap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a model makes of the pictures of a data set: where it is most surely wrong, and what its layers see. */
final class JudgedPictures {
    private static final int MOST_JUDGED = 10_000;
    private static final int MOST_WRONG = 16;
    private static final int LOOKED_INTO = 3;
    private static final int CHANNELS = 8;
    private static final int LARGE = 96;

    private final CompiledModel model;
    private final DataSet data;
    private final Port input;
    private final int numbers;
    private final int label;
    private final Pipeline pipeline;

    private record Wrong(int index, int label, int as, double probability) {}

    private JudgedPictures(CompiledModel model, DataSet data, Port input, int numbers, int label, Pipeline pipeline) {
        this.model = model;
        this.data = data;
        this.input = input;
        this.numbers = numbers;
        this.label = label;
        this.pipeline = pipeline;
    }

    /** Empty where the model does not take one picture, or the data set does not fit it. */
    static Optional<JudgedPictures> of(CompiledModel model, DataSet data, Recipe recipe) {
        List<Port> inputs = model.spec().inputs();
        int numbers = -1;
        int label = -1;
        for (int i = 0; i < data.fields().size(); i++) {
            Field field = data.fields().get(i);
            numbers = numbers < 0 && field instanceof Field.Values ? i : numbers;
            label = label < 0 && field instanceof Field.Classes && field.length() == 1 ? i : label;
        }
        if (inputs.size() != 1
                || numbers < 0
                || label < 0
                || !isPicture(inputs.get(0).shape())) {
            return Optional.empty();
        }
        Port input = inputs.get(0);
        List<Augmentation> augmentations = recipe.lastPhase().augmentations().getOrDefault(input.name(), List.of());
        Shape shape = data.fields().get(numbers).shape();
        Pipeline pipeline = Pipeline.of(input.name(), shape, augmentations).atEvaluation();
        return pipeline.output(shape).equals(input.shape())
                ? Optional.of(new JudgedPictures(model, data, input, numbers, label, pipeline))
                : Optional.empty();
    }

    private static boolean isPicture(Shape shape) {
        return shape.rank() == 3 && (shape.channels() == 1 || shape.channels() == 3);
    }

    private float[] picture(Sample sample, int index) throws FoveaException {
        data.read(index, sample);
        float[] values = new float[data.fields().get(numbers).length()];
        System.arraycopy(sample.array(numbers), sample.offset(numbers), values, 0, values.length);
        return values;
    }

    private int label(Sample sample) {
        return (int) sample.array(label)[sample.offset(label)];
    }

    /** The pictures that are taken for a wrong class with the largest probabilities. */
    String wrong(Port scores, boolean probabilities, List<String> names) throws FoveaException {
        int count = Math.min(MOST_JUDGED, data.size());
        List<Wrong> wrong = new ArrayList<>();
        Classifier classifier = new Classifier(model, input, scores, probabilities);
        Sample sample = Sample.of(data);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            float[] values = pipeline.evaluate(picture(sample, i));
            labels[i] = label(sample);
            List<Prediction> done = classifier.add(Path.of(Integer.toString(i)), values);
            collect(i + 1 == count && done.isEmpty() ? classifier.rest() : done, labels, wrong);
        }
        wrong.sort(Comparator.comparingDouble(Wrong::probability).reversed());
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT,
                "<p>%,d of %,d pictures are taken for a wrong class; those it is surest of:</p>%n",
                wrong.size(),
                count));
        page.append("<div class=\"pictures\">\n");
        for (Wrong one : wrong.subList(0, Math.min(MOST_WRONG, wrong.size()))) {
            page.append("<figure>")
                    .append(Html.image(drawn(picture(sample, one.index())), "sample " + one.index()))
                    .append(String.format(
                            Locale.ROOT,
                            "<figcaption><b>%s</b> %.1f %%<br>is %s<br>sample %d</figcaption></figure>%n",
                            Html.escape(name(names, one.as())),
                            100 * one.probability(),
                            Html.escape(name(names, one.label())),
                            one.index()));
        }
        return page.append("</div>").toString();
    }

    private static void collect(List<Prediction> predictions, int[] labels, List<Wrong> wrong) {
        for (Prediction prediction : predictions) {
            int index = Integer.parseInt(prediction.file().toString());
            int as = prediction.likeliest(1).get(0);
            if (as != labels[index]) {
                wrong.add(new Wrong(index, labels[index], as, prediction.probabilities()[as]));
            }
        }
    }

    private static String name(List<String> names, int label) {
        return label < names.size() ? names.get(label) : Integer.toString(label);
    }

    /** For pictures of different classes the first channels of each map, black its smallest number and white its largest. */
    String maps(List<Port> maps, List<String> layers) throws FoveaException {
        StringBuilder page = new StringBuilder("<table class=\"maps\">\n");
        Sample sample = Sample.of(data);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < Math.min(MOST_JUDGED, data.size()) && seen.size() < LOOKED_INTO; i++) {
            float[] values = picture(sample, i);
            if (!seen.add(label(sample))) {
                continue;
            }
            model.write(input, pipeline.evaluate(values), 1);
            model.forward(1, false);
            page.append("<tr><td>")
                    .append(Html.image(drawn(values), "sample " + i))
                    .append("</td>");
            for (int map = 0; map < maps.size(); map++) {
                page.append("<td>").append(Html.image(drawn(maps.get(map)), layers.get(map)));
                page.append("<br><small>").append(Html.escape(layers.get(map))).append("</small></td>");
            }
            page.append("</tr>\n");
        }
        return page.append("</table>").toString();
    }

    private Bitmap drawn(float[] picture) {
        Shape shape = data.fields().get(numbers).shape();
        int side = Math.max(1, LARGE / Math.max(shape.height(), shape.width()));
        Bitmap bitmap = new Bitmap(shape.channels(), shape.height() * side, shape.width() * side, 0);
        bitmap.planes(picture, 0, shape.channels(), shape.height(), shape.width(), 0, 0, side, 0, 1);
        return bitmap;
    }

    private Bitmap drawn(Port map) {
        Shape shape = map.shape();
        float[] values = new float[Math.toIntExact(shape.size())];
        model.read(map, values, 1);
        int channels = Math.min(CHANNELS, shape.channels());
        int across = Math.min(4, channels);
        int down = (channels + across - 1) / across;
        int side = Math.max(1, 64 / Math.max(shape.height(), shape.width()));
        int high = shape.height() * side + 2;
        int wide = shape.width() * side + 2;
        Bitmap bitmap = new Bitmap(1, down * high, across * wide, 1);
        int area = shape.area();
        for (int channel = 0; channel < channels; channel++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int i = channel * area; i < (channel + 1) * area; i++) {
                least = Math.min(least, values[i]);
                most = Math.max(most, values[i]);
            }
            int top = channel / across * high;
            int left = channel % across * wide;
            bitmap.planes(values, channel * area, 1, shape.height(), shape.width(), top, left, side, least, most);
        }
        return bitmap;
    }
}
