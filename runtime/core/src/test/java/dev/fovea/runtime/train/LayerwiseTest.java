package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Corruption;
import dev.fovea.ops.recipe.DenoisingAutoencoder;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Rbm;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.ops.recipe.SparseAutoencoder;
import dev.fovea.ops.recipe.Visible;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.ArrayDataSet;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Recipe.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Layer by layer, then the classifier with the features fixed, then all of it: the three protocols as phases of one run. */
@Timeout(120)
class LayerwiseTest {
    static final DataSet DATA = pictures(70, 1);
    private static final DataSet TEST = pictures(21, 2);

    @TempDir
    Path folder;

    static ChainModel model(int threads) {
        return ChainModel.of(
                Shape.of(16),
                threads,
                8,
                3,
                new ChainModel.Link("enc1", new Dense(12, true, Initializer.DEFAULT)),
                new ChainModel.Link("code1", new Sigmoid()),
                new ChainModel.Link("enc2", new Dense(9, true, Initializer.DEFAULT)),
                new ChainModel.Link("code2", new Sigmoid()),
                new ChainModel.Link("enc3", new Dense(7, true, Initializer.DEFAULT)),
                new ChainModel.Link("code3", new Sigmoid()),
                new ChainModel.Link("head", new Dense(3, true, Initializer.DEFAULT)));
    }

    static Recipe recipe(ChainModel model) {
        Sgd momentum = new Sgd(0.05f, 0.9f, false, 1e-4f);
        DenoisingAutoencoder noisy =
                new DenoisingAutoencoder(0.3f, Corruption.SALT_AND_PEPPER, false, Visible.BERNOULLI);
        return new Recipe(
                "",
                List.of(new Target("label", Shape.of(1), Optional.of(3))),
                List.of(
                        model.phase(noisy, 0, momentum, 8, 2),
                        model.phase(new Rbm(2, Visible.BERNOULLI), 2, momentum, 8, 2),
                        model.phase(
                                new SparseAutoencoder(0.2f, 0.1f, true, Visible.BERNOULLI),
                                4,
                                new Adam(0.01f, 0.9f, 0.999f, 1e-8f, 0),
                                8,
                                1),
                        supervised("classifier", List.of("enc1", "enc2", "enc3"), momentum),
                        supervised("finetune", List.of(), momentum)));
    }

    private static Phase supervised(String name, List<String> frozen, Optimizer optimizer) {
        return new Phase(
                name,
                List.of(new LossTerm(1, new CrossEntropy(0), "head", "label")),
                optimizer,
                new Constant(0),
                8,
                2,
                Map.of(),
                List.of(),
                frozen,
                Optional.empty(),
                Optional.empty());
    }

    private static ArrayDataSet pictures(int count, long seed) {
        float[] images = new float[16 * count];
        float[] labels = new float[count];
        RandomStream random = RandomStream.named(seed, "pictures");
        random.fillUniform(images, 0, images.length, 0, 0, 0.5f);
        for (int i = 0; i < count; i++) {
            labels[i] = random.child(1).below(i, 3);
            for (int column = 0; column < 4; column++) {
                images[16 * i + 4 * (int) labels[i] + column] += 0.5f;
            }
        }
        return new ArrayDataSet(
                List.of(new Field.Values("image", Shape.of(16)), Field.Classes.of("label", 3)),
                List.of(images, labels));
    }

    private byte[] bytes(ChainModel model) throws Exception {
        Path file = folder.resolve("weights");
        model.save(file);
        return Files.readAllBytes(file);
    }

    private TrainingOptions options() {
        return TrainingOptions.DEFAULT
                .withLabels(16)
                .withCheckpoints(new CheckpointPlan(folder.resolve("checkpoint.safetensors"), Optional.empty()));
    }

    @Test
    void threadsAndInterruptionsLeaveNoTrace() throws Exception {
        byte[] whole;
        List<EpochReport> epochs;
        int steps = (2 + 2 + 1) * 9 + (2 + 2) * 2;
        try (ChainModel model = model(1)) {
            AtomicInteger made = new AtomicInteger();
            TrainingListener counter = new TrainingListener() {
                @Override
                public void step(Progress progress) {
                    made.incrementAndGet();
                }
            };
            epochs = new Trainer(model, recipe(model), options())
                    .train(DATA, Optional.of(TEST), counter)
                    .epochs();
            whole = bytes(model);
            assertThat(made).hasValue(steps);
        }
        for (int threads : new int[] {2, 4}) {
            try (ChainModel model = model(threads)) {
                new Trainer(model, recipe(model), options()).train(DATA, Optional.of(TEST), TrainingListener.NONE);
                assertThat(bytes(model)).as("%d threads", threads).isEqualTo(whole);
            }
        }
        for (int stop = 1; stop < steps; stop += 3) {
            int last = stop;
            AtomicInteger made = new AtomicInteger();
            try (ChainModel model = model(1)) {
                TrainingOptions stopping = options().withStop(() -> made.incrementAndGet() >= last);
                assertThatThrownBy(() -> new Trainer(model, recipe(model), stopping)
                                .train(DATA, Optional.of(TEST), TrainingListener.NONE))
                        .isInstanceOf(TrainingStoppedException.class);
            }
            try (ChainModel model = model(1)) {
                model.weights().initialize(99);
                TrainingReport report = new Trainer(model, recipe(model), options())
                        .resume(
                                folder.resolve("checkpoint.safetensors"),
                                DATA,
                                Optional.of(TEST),
                                TrainingListener.NONE);
                assertThat(bytes(model)).as("stopped after %d", stop).isEqualTo(whole);
                for (int i = 0; i < epochs.size(); i++) {
                    assertThat(report.epochs().get(i).training())
                            .isEqualTo(epochs.get(i).training());
                    assertThat(report.epochs().get(i).test())
                            .isEqualTo(epochs.get(i).test());
                }
            }
        }
    }

    @Test
    void eachPhaseMovesItsOwnParametersOnly() throws Exception {
        try (ChainModel model = model(1)) {
            List<String> moved = new ArrayList<>();
            List<String> decoders = new ArrayList<>();
            TrainingListener watcher = new TrainingListener() {
                private final Map<String, float[]> before = new TreeMap<>();

                @Override
                public void begin(TrainingOutline outline) {
                    remember();
                }

                @Override
                public void layer(TrainedLayer layer) {
                    decoders.add(layer.name());
                }

                @Override
                public void epoch(EpochReport report) {
                    model.weights().all().forEach(parameter -> {
                        boolean same = Arrays.equals(
                                before.get(parameter.name()), model.weights().read(parameter));
                        String line = report.phase() + ": " + parameter.name();
                        if (!same && !moved.contains(line)) {
                            moved.add(line);
                        }
                    });
                    remember();
                }

                private void remember() {
                    model.weights()
                            .all()
                            .forEach(parameter ->
                                    before.put(parameter.name(), model.weights().read(parameter)));
                }
            };
            TrainingReport report =
                    new Trainer(model, recipe(model), options()).train(DATA, Optional.of(TEST), watcher);
            assertThat(moved)
                    .containsExactly(
                            "pretrain.enc1: enc1.weight",
                            "pretrain.enc1: enc1.bias",
                            "pretrain.enc2: enc2.weight",
                            "pretrain.enc2: enc2.bias",
                            "pretrain.enc3: enc3.weight",
                            "pretrain.enc3: enc3.bias",
                            "classifier: head.weight",
                            "classifier: head.bias",
                            "finetune: enc1.weight",
                            "finetune: enc1.bias",
                            "finetune: enc2.weight",
                            "finetune: enc2.bias",
                            "finetune: enc3.weight",
                            "finetune: enc3.bias",
                            "finetune: head.weight",
                            "finetune: head.bias");
            assertThat(decoders).containsExactly("enc1", "enc2", "enc3");
            assertThat(report.epochs().get(0).training().samples()).isEqualTo(70);
            assertThat(report.last().training().samples()).isEqualTo(16);
            assertThat(report.outline().phases().get(0).steps()).isEqualTo(9);
            assertThat(report.outline().phases().get(3).steps()).isEqualTo(2);
            assertThat(report.epochs().get(1).test().orElseThrow().loss())
                    .isLessThan(report.epochs().get(0).test().orElseThrow().loss());
        }
    }

    /** A layer's step makes what the layer reads, of the batch at hand, and leaves all behind it as it is. */
    @Test
    void whatLiesBehindTheSourceDoesNotRun() throws Exception {
        int batch = 5;
        float[] first = new float[batch * 16];
        float[] second = new float[batch * 16];
        RandomStream.named(5, "pictures").fillUniform(first, 0, first.length, 0, 0, 1);
        RandomStream.named(6, "pictures").fillUniform(second, 0, second.length, 0, 0, 1);
        try (ChainModel model = model(1)) {
            Port image = model.spec().inputs().get(0);
            model.write(image, second, batch);
            model.forward(batch, false);
            float[] expected = output(model, "code1", batch);
            model.write(image, first, batch);
            model.forward(batch, false);
            List<String> behind = List.of("enc2", "code2", "enc3", "code3", "head");
            Map<String, float[]> before = new TreeMap<>();
            behind.forEach(name -> before.put(name, output(model, name, batch)));
            model.write(image, second, batch);
            try (LayerStep step =
                    LayerStep.of(model, recipe(model).phases().get(1), model.stage(new Rbm(1, Visible.BERNOULLI), 2))) {
                step.forward(batch);
                step.error(batch);
            }
            assertThat(output(model, "code1", batch)).isEqualTo(expected);
            before.forEach((name, values) ->
                    assertThat(output(model, name, batch)).as(name).isEqualTo(values));
            model.forward(batch, false);
            before.forEach((name, values) ->
                    assertThat(output(model, name, batch)).as(name).isNotEqualTo(values));
        }
    }

    private static float[] output(ChainModel model, String name, int batch) {
        Port port = Objective.output(model, name);
        float[] values = new float[batch * Math.toIntExact(port.shape().size())];
        model.read(port, values, batch);
        return values;
    }

    @Test
    void aCheckpointOfAnotherNumberOfLabelsIsRefused() throws Exception {
        try (ChainModel model = model(1)) {
            new Trainer(model, recipe(model), options()).train(DATA, Optional.empty(), TrainingListener.NONE);
            assertThatThrownBy(() -> new Trainer(model, recipe(model), options().withLabels(17))
                            .resume(
                                    folder.resolve("checkpoint.safetensors"),
                                    DATA,
                                    Optional.empty(),
                                    TrainingListener.NONE))
                    .isInstanceOf(FoveaException.class)
                    .hasMessageContaining("labels: 16 in the checkpoint, 17 here");
        }
    }
}
