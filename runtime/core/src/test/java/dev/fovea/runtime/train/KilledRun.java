package dev.fovea.runtime.train;

import dev.fovea.ops.recipe.FlipHorizontal;
import dev.fovea.ops.recipe.Shift;
import dev.fovea.runtime.data.DataSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that trains and writes a checkpoint after every step, to be killed: {@code KilledRun CHECKPOINT EPOCHS}. */
final class KilledRun {
    static final DataSet DATA = Recipes.pictures(70, 1);

    private KilledRun() {}

    static Recipe recipe(int epochs) {
        return Recipes.of(Recipes.phase(
                "",
                0.1f,
                epochs,
                Map.of("image", List.of(new Shift(1), new FlipHorizontal(0.5f))),
                List.of(),
                Optional.empty(),
                Recipes.LOSS,
                Recipes.AUX_LOSS));
    }

    /** Trains to the end, from the checkpoint where there is one. */
    static void run(TinyModel model, Path checkpoint, int epochs, TrainingListener listener) throws Exception {
        Trainer trainer = new Trainer(
                model,
                recipe(epochs),
                TrainingOptions.DEFAULT.withCheckpoints(
                        new CheckpointPlan(checkpoint, Optional.of(Duration.ofNanos(1)))));
        if (Files.exists(checkpoint)) {
            trainer.resume(checkpoint, DATA, Optional.empty(), listener);
        } else {
            trainer.train(DATA, Optional.empty(), listener);
        }
    }

    public static void main(String[] arguments) throws Exception {
        TrainingListener announcer = new TrainingListener() {
            private int steps;

            @Override
            public void step(Progress progress) {
                if (++steps == 2) {
                    System.out.println("a checkpoint is written");
                }
            }
        };
        try (TinyModel model = TinyModel.training(8, 1)) {
            run(model, Path.of(arguments[0]), Integer.parseInt(arguments[1]), announcer);
        }
    }
}
