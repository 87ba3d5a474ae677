package dev.fovea.runtime.watch;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.train.ConfusionMatrix;
import dev.fovea.runtime.train.EpochReport;
import dev.fovea.runtime.train.Progress;
import dev.fovea.runtime.train.Score;
import dev.fovea.runtime.train.TrainingListener;
import dev.fovea.runtime.train.TrainingOutline;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what TensorBoard shows into a folder: {@code events.out.tfevents.…}, a new file for each run and each resumed run, which TensorBoard
 * puts together by their steps.
 *
 * <ul>
 *   <li>Scalars: every {@link #STEPS} steps {@code loss/step}, the mean of the epoch so far; after each epoch {@code loss/train}, {@code
 *       loss/test}, each metric likewise, {@code learning_rate}, {@code samples_per_second} and {@code
 *       waiting_share}.
 *   <li>After each epoch histograms {@code weights/NAME} and {@code gradients/NAME} of every parameter: the weights that were judged, and the
 *       gradients of the last step, as clipping left them.
 *   <li>After each epoch pictures: {@code filters/NAME} of the first layer and {@code confusion}.
 * </ul>
 *
 * <p>A file that can no longer be written does not end the training: the reason is told once, and no more is written.
 */
public final class TensorBoardFolder implements TrainingListener, AutoCloseable {
    /** How many steps lie between two values of {@code loss/step}. */
    public static final int STEPS = 100;

    private final Path folder;
    private final CompiledModel model;
    private final Consumer<String> warnings;
    private final Clock clock;
    private @Nullable EventFile events;

    /**
     * A folder, which is made when the run begins.
     *
     * @param warnings takes a sentence for people where the file cannot be written
     */
    public TensorBoardFolder(Path folder, CompiledModel model, Consumer<String> warnings) {
        this(folder, model, warnings, Clock.systemUTC());
    }

    TensorBoardFolder(Path folder, CompiledModel model, Consumer<String> warnings, Clock clock) {
        this.folder = folder;
        this.model = model;
        this.warnings = warnings;
        this.clock = clock;
    }

    @Override
    public void begin(TrainingOutline outline) {
        String name = String.format(
                Locale.ROOT,
                "events.out.tfevents.%010d.fovea.%d",
                clock.millis() / 1000,
                ProcessHandle.current().pid());
        try {
            events = EventFile.create(folder.resolve(name), seconds());
        } catch (InputException e) {
            giveUp(e);
        }
    }

    @Override
    public void step(Progress progress) {
        if (model.step() % STEPS == 0) {
            add(List.of(EventFile.scalar("loss/step", progress.loss())));
        }
    }

    @Override
    public void epoch(EpochReport report) {
        List<Message> values = new ArrayList<>();
        scores(values, "train", report.training());
        report.test().ifPresent(score -> scores(values, "test", score));
        values.add(EventFile.scalar("learning_rate", report.learningRate()));
        values.add(EventFile.scalar("samples_per_second", report.samplesPerSecond()));
        values.add(EventFile.scalar("waiting_share", report.waitingShare()));
        for (ModelParameter parameter : model.weights().all()) {
            float[] weights = model.weights().read(parameter);
            values.add(EventFile.histogram("weights/" + parameter.name(), Histogram.of(weights)));
            if (parameter.parameter().isTrainable()) {
                float[] gradients = model.weights().readGradient(parameter);
                values.add(EventFile.histogram("gradients/" + parameter.name(), Histogram.of(gradients)));
            }
        }
        Filters.picture(model)
                .ifPresent(picture -> values.add(EventFile.image(
                        "filters/" + Filters.parameter(model).orElseThrow().name(), picture)));
        Optional<ConfusionMatrix> matrix =
                report.test().orElse(report.training()).confusion();
        matrix.flatMap(ConfusionPicture::of).ifPresent(picture -> values.add(EventFile.image("confusion", picture)));
        add(values);
    }

    private static void scores(List<Message> values, String part, Score score) {
        values.add(EventFile.scalar("loss/" + part, score.loss()));
        score.metrics().forEach((name, value) -> values.add(EventFile.scalar(name + "/" + part, value)));
    }

    private void add(List<Message> values) {
        if (events == null) {
            return;
        }
        try {
            events.add(seconds(), model.step(), values);
        } catch (InputException e) {
            giveUp(e);
        }
    }

    private void giveUp(InputException reason) {
        events = null;
        warnings.accept("nothing more is written for TensorBoard, " + reason.message() + " (" + reason.place() + ")");
    }

    private double seconds() {
        return clock.millis() * 1e-3;
    }

    @Override
    public void close() throws InputException {
        if (events != null) {
            events.close();
        }
    }
}
