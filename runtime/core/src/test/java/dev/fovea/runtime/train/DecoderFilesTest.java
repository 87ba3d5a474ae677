package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decoders of layers that are trained by themselves, where the run's folder cannot take them: a folder stands in each one's place. */
class DecoderFilesTest {
    private static final List<String> OCCUPIED = List.of("decoder-enc1.safetensors", "decoder-enc3.safetensors");

    @TempDir
    Path temporary;

    private final List<InputException> told = new ArrayList<>();

    @Test
    void atTheEndTheyAreElsewhere() throws Exception {
        occupy(OCCUPIED);
        try (ChainModel model = LayerwiseTest.model(1)) {
            assertThatThrownBy(() -> train(model, TrainingListener.NONE))
                    .isInstanceOfSatisfying(InputException.class, fault -> assertThat(fault.help())
                            .containsExactlyElementsOf(help()));
        }
        assertThat(told).as("when each layer was done").hasSize(3).allSatisfy(fault -> assertThat(fault.help())
                .containsExactly("the training goes on"));
        assertThat(temporary.resolve("model.safetensors")).isNotEmptyFile();
        assertThat(temporary.resolve("decoder-enc2.safetensors")).isNotEmptyFile();
        assertRescued();
    }

    /** The run fails behind the layers: what they made is not lost with it, and the fault is told. */
    @Test
    void whereTheRunFailsTheyAreElsewhere() throws Exception {
        occupy(OCCUPIED);
        TrainingListener failing = new TrainingListener() {
            @Override
            public void epoch(EpochReport report) throws FoveaException {
                if (report.phase().equals("finetune")) {
                    throw InputException.of(temporary, "the lamp is out");
                }
            }
        };
        try (ChainModel model = LayerwiseTest.model(1)) {
            assertThatThrownBy(() -> train(model, failing)).hasMessageContaining("the lamp is out");
        }
        assertThat(told).hasSize(4);
        assertThat(told.get(3).help()).containsExactlyElementsOf(help());
        assertRescued();
    }

    private void train(ChainModel model, TrainingListener before) throws FoveaException {
        Recipe recipe = LayerwiseTest.recipe(model);
        try (RunFolder run = new RunFolder(temporary, model, recipe, told::add)) {
            new Trainer(model, recipe).train(LayerwiseTest.DATA, Optional.empty(), TrainingListener.all(before, run));
        }
    }

    private void occupy(List<String> names) throws Exception {
        for (String name : names) {
            Files.createFile(Files.createDirectory(temporary.resolve(name)).resolve("occupied"));
        }
    }

    private List<String> help() {
        return OCCUPIED.stream()
                .map(temporary::resolve)
                .map(place -> "the decoder of " + place.getFileName().toString().substring(8, 12) + " is in "
                        + Elsewhere.of(place) + " instead: when there is room, move that to " + place)
                .toList();
    }

    private void assertRescued() throws Exception {
        for (String name : OCCUPIED) {
            Path elsewhere = Elsewhere.of(temporary.resolve(name));
            try (SafetensorsFile file = SafetensorsFile.open(elsewhere)) {
                assertThat(file.entries())
                        .extracting(SafetensorsFile.Entry::name)
                        .contains(name.substring(8, 12) + ".decoder.bias");
            } finally {
                Files.deleteIfExists(elsewhere);
            }
        }
    }
}
