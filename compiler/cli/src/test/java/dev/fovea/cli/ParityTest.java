package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.recipe.Sgd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the comparison of whole networks notices faults: small ones, each in one place. */
class ParityTest {
    private static final int BATCH = 4;
    private static final int STEPS = 3;

    @Test
    void aRunAgreesWithItself() throws Exception {
        DeviceRun run = run(new Sgd(0.1f, 0.9f, false, 1e-4f));
        assertThat(Parity.of(run, run).tooLarge()).isEmpty();
    }

    @Test
    void anotherMomentumIsNoticed() throws Exception {
        Parity parity = Parity.of(run(new Sgd(0.1f, 0.89f, false, 1e-4f)), run(new Sgd(0.1f, 0.9f, false, 1e-4f)));
        assertThat(parity.tooLarge()).extracting(Parity.Deviation::kind).contains("update");
    }

    /** A device that rounding leads nowhere may part from another no further than a thousandth; else by some times its own. */
    @Test
    void aDriftIsMeasuredByItsOwn() throws Exception {
        DeviceRun run = run(new Sgd(0.1f, 0.9f, false, 1e-4f));
        DeviceRun other = run(new Sgd(0.1f, 0.89f, false, 1e-4f));
        assertThat(Drift.of(run, run, List.of(run)).tooLarge()).isEmpty();
        assertThat(Drift.of(other, run, List.of(run)).tooLarge())
                .extracting(Parity.Deviation::kind)
                .containsExactly("updates");
        assertThat(Drift.of(other, run, List.of(other)).tooLarge()).isEmpty();
        assertThat(Drift.of(other, run, List.of(run, other, run)).tooLarge()).isEmpty(); // the furthest counts
        List<Map<String, float[]>> scaled = new ArrayList<>(run.gradients());
        scaled.replaceAll(step -> {
            Map<String, float[]> all = new LinkedHashMap<>(step);
            all.replaceAll((name, values) -> scaled(values, 1.002f));
            return all;
        });
        DeviceRun steep = new DeviceRun(run.output(), run.losses(), scaled, run.before(), run.after());
        assertThat(Drift.of(steep, run, List.of(run)).tooLarge())
                .extracting(Parity.Deviation::kind)
                .containsExactly("gradients", "gradients", "gradients");
        DeviceRun lost = new DeviceRun(run.output(), run.losses(), run.gradients(), run.before(), run.before());
        assertThat(Drift.of(lost, run, List.of(other)).tooLarge())
                .extracting(Parity.Deviation::kind)
                .containsExactly("updates");
    }

    @Test
    void aMissingDecayIsNoticed() throws Exception {
        Parity parity = Parity.of(run(new Sgd(0.1f, 0.9f, false, 0)), run(new Sgd(0.1f, 0.9f, false, 1e-4f)));
        assertThat(parity.tooLarge()).extracting(Parity.Deviation::kind).contains("update");
    }

    @Test
    void aFifthOfAPercentInOneGradientIsNoticed() throws Exception {
        DeviceRun run = run(new Sgd(0.1f, 0.9f, false, 1e-4f));
        for (int i = 0; i < STEPS; i++) {
            int step = i;
            for (String name : run.gradients().get(step).keySet()) {
                Map<String, float[]> scaled =
                        new LinkedHashMap<>(run.gradients().get(step));
                scaled.computeIfPresent(name, (key, values) -> scaled(values, 1.002f));
                List<Map<String, float[]>> gradients = new ArrayList<>(run.gradients());
                gradients.set(step, scaled);
                DeviceRun faulty = new DeviceRun(run.output(), run.losses(), gradients, run.before(), run.after());
                assertThat(Parity.of(faulty, run).tooLarge()).singleElement().satisfies(one -> assertThat(one.where())
                        .isEqualTo("step " + step + ", " + name));
            }
        }
    }

    @Test
    void aNumberThatIsNoneIsNoticed() throws Exception {
        DeviceRun run = run(new Sgd(0.1f, 0.9f, false, 1e-4f));
        DeviceRun faulty = new DeviceRun(
                scaled(run.output(), Float.NaN), run.losses(), run.gradients(), run.before(), run.after());
        assertThat(Parity.of(faulty, run).tooLarge())
                .extracting(Parity.Deviation::kind)
                .containsExactly("output");
    }

    private static DeviceRun run(Sgd optimizer) throws Exception {
        return DeviceRun.of(ParityModels.loaded("lenet.LeNet5"), "cpu", BATCH, STEPS, optimizer);
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }
}
