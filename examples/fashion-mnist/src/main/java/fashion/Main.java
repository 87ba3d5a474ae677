package fashion;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.IdxPictures;
import dev.fovea.runtime.data.Sample;
import dev.fovea.runtime.train.ProgressLine;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.Trainer;
import dev.fovea.runtime.train.TrainingReport;
import fashion.lenet.LeNet5;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Trains the network of {@code lenet.cnn} on the pictures in {@code data}, then says what it sees on a few others. */
public final class Main {
    private static final List<String> CLASSES = List.of(
            "T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot");

    /** There is a sixth of the pictures that the recipe is written for, so each is seen twice as often. */
    private static final int EPOCHS = 10;

    private Main() {}

    /** The only argument is the folder with the pictures; {@code data} without one. */
    public static void main(String[] arguments) {
        Path data = Path.of(arguments.length == 0 ? "data" : arguments[0]);
        try {
            double accuracy = run(data, EPOCHS);
            System.out.printf(Locale.ROOT, "test accuracy %.4f%n", accuracy);
        } catch (FoveaException e) {
            System.err.println(e.describe());
            System.exit(1);
        }
    }

    /** Trains and tests; returns the share of the test pictures that were recognised. */
    @SuppressWarnings("ClosingStandardOutputStreams") // the line is ended, the stream stays open
    static double run(Path data, int epochs) throws FoveaException {
        IdxPictures training = IdxPictures.train(data, CLASSES);
        IdxPictures test = IdxPictures.test(data, CLASSES);
        Recipe recipe = LeNet5.Recipe.DEFAULT.withEpochs(epochs);
        try (LeNet5 model =
                        LeNet5.builder().batch(recipe.largestBatch()).seed(1).build();
                ProgressLine progress = new ProgressLine(System.err, false)) {
            TrainingReport report = new Trainer(model, recipe).train(training, Optional.of(test), progress);
            for (int picture = 0; picture < 5; picture++) {
                describe(model, test, picture);
            }
            return report.last().test().orElseThrow().metrics().getOrDefault("accuracy", Double.NaN);
        }
    }

    private static void describe(LeNet5 model, IdxPictures pictures, int number) {
        Sample sample = Sample.of(pictures);
        pictures.read(number, sample);
        float[] image = sample.array(0);
        for (int i = 0; i < image.length; i++) {
            image[i] = (image[i] - 0.286f) / 0.353f; // as the recipe does in training
        }
        float[] scores = model.predict(image);
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        int label = (int) sample.array(1)[sample.offset(1)];
        System.out.println("picture " + number + ": " + CLASSES.get(best) + ", labelled " + CLASSES.get(label));
    }
}
