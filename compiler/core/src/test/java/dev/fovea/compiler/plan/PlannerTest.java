package dev.fovea.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphBuilder;
import dev.fovea.ops.Add;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Concat;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Dropout;
import dev.fovea.ops.Flatten;
import dev.fovea.ops.Identity;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Op;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Tanh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
    private static final Op CONV = Conv.DEF.create(Map.of("channels", 4, "kernel", Pair.square(1)));

    @Test
    void aViewSharesItsInputsBlocks() {
        GraphBuilder builder = new GraphBuilder("Net");
        int x = builder.op("conv1", CONV, builder.input("image", Shape.of(4, 3, 5)));
        int flat = builder.op("flatten1", Flatten.DEF.create(Map.of()), x);
        Plan plan = Planner.plan(builder.output("y", flat).build());
        assertThat(plan.tensors().get(flat).value().offset())
                .isEqualTo(plan.tensors().get(x).value().offset());
        assertThat(plan.calls().get(1).elided()).isTrue();
        PlanSimulation.run(plan);
    }

    @Test
    void anInputIsNeverOverwritten() {
        GraphBuilder builder = new GraphBuilder("Net");
        int image = builder.input("image", Shape.of(4, 3, 5));
        int y = builder.op("relu1", new Relu(), image);
        Plan plan = Planner.plan(builder.output("y", y).build());
        assertThat(plan.tensors().get(y).value().offset())
                .isNotEqualTo(plan.tensors().get(image).value().offset());
        PlanSimulation.run(plan);
    }

    /** The second convolution's norm and the sum lie where the convolution writes; what the sum adds is there before. */
    @Test
    void atInferenceAResidualBlockIsDoneByItsConvolutions() {
        GraphBuilder builder = new GraphBuilder("Net");
        int x = builder.op("conv1", CONV, builder.input("image", Shape.of(4, 3, 5)));
        int shortcut = builder.op("bn1", BatchNorm.DEF.create(Map.of()), x);
        int conv = builder.op("conv2", CONV, shortcut);
        int norm = builder.op("bn2", BatchNorm.DEF.create(Map.of()), conv);
        int sum = builder.op("add1", Add.DEF.create(Map.of()), shortcut, norm);
        Plan plan = Planner.plan(builder.output("y", sum).build());
        assertThat(plan.calls().stream().map(call -> call.foldsInto().orElse(-1)))
                .containsExactly(-1, x, -1, conv, norm);
        assertThat(plan.tensors().get(sum).inference())
                .isEqualTo(plan.tensors().get(conv).inference());
        PlanSimulation.run(plan);
    }

    /** The gradients of both branches are that of the sum; the sum lies where the norm writes, in training too. */
    @Test
    void aResidualBlockHasOneGradient() {
        GraphBuilder builder = new GraphBuilder("Net");
        int x = builder.op("conv1", CONV, builder.input("image", Shape.of(4, 3, 5)));
        int conv = builder.op("conv2", CONV, x);
        int norm = builder.op("bn2", BatchNorm.DEF.create(Map.of()), conv);
        int sum = builder.op("add1", Add.DEF.create(Map.of()), norm, x);
        int y = builder.op("conv3", CONV, sum);
        Plan plan = Planner.plan(builder.output("y", y).build());
        assertThat(List.of(norm, x))
                .allSatisfy(tensor -> assertThat(plan.tensors().get(tensor).gradient())
                        .isEqualTo(plan.tensors().get(sum).gradient()));
        assertThat(plan.tensors().get(sum).value())
                .isEqualTo(plan.tensors().get(norm).value());
        PlanSimulation.run(plan);
    }

    /** The rectifier behind bn2 changes that gradient where it lies before conv1 has read the other's. */
    @Test
    void aGradientThatIsChangedInPlaceIsNotShared() {
        GraphBuilder builder = new GraphBuilder("Net");
        int image = builder.input("image", Shape.of(4, 3, 5));
        int x = builder.op("conv1", CONV, image);
        int norm = builder.op(
                "relu2",
                new Relu(),
                builder.op("bn2", BatchNorm.DEF.create(Map.of()), builder.op("conv2", CONV, image)));
        int sum = builder.op("add1", Add.DEF.create(Map.of()), x, norm);
        Plan plan =
                Planner.plan(builder.output("y", builder.op("conv3", CONV, sum)).build());
        assertThat(plan.tensors().get(x).gradient())
                .isEqualTo(plan.tensors().get(sum).gradient());
        assertThat(plan.tensors().get(norm).gradient())
                .isNotEqualTo(plan.tensors().get(sum).gradient());
        PlanSimulation.run(plan);
    }

    /** The second convolution runs last, though the norm of the first comes behind it. */
    @Test
    void aSumIsFoldedIntoWhatRunsLast() {
        GraphBuilder builder = new GraphBuilder("Net");
        int image = builder.input("image", Shape.of(4, 3, 5));
        int first = builder.op("conv1", CONV, image);
        int second = builder.op("conv2", CONV, image);
        int norm = builder.op("bn1", BatchNorm.DEF.create(Map.of()), first);
        int sum = builder.op("add1", Add.DEF.create(Map.of()), second, norm);
        Plan plan = Planner.plan(builder.output("y", sum).build());
        assertThat(plan.calls().stream().map(call -> call.foldsInto().orElse(-1)))
                .as("bn1 is not there when conv2 runs, nor conv2 when conv1 does bn1")
                .containsExactly(-1, -1, first, -1);
        PlanSimulation.run(plan);
    }

    /** A tensor with two readers stays as it is. */
    @Test
    void whatSomethingElseReadsIsNotWrittenOver() {
        GraphBuilder builder = new GraphBuilder("Net");
        int conv = builder.op("conv1", CONV, builder.input("image", Shape.of(4, 3, 5)));
        int norm = builder.op("bn1", BatchNorm.DEF.create(Map.of()), conv);
        int sum = builder.op("add1", Add.DEF.create(Map.of()), conv, norm);
        int twice = builder.op("add2", Add.DEF.create(Map.of()), sum, sum);
        Plan plan = Planner.plan(builder.output("y", twice).build());
        assertThat(plan.calls().stream().map(call -> call.foldsInto().isPresent()))
                .containsExactly(false, false, false, false);
        PlanSimulation.run(plan);
    }

    /** Of three like blocks only the ends are kept, and the inside of one. */
    @Test
    void whatIsMadeAgainForBackwardIsNotKept() {
        assertThat(Planner.plan(tower(true)).trainingFloats())
                .isLessThan(Planner.plan(tower(false)).trainingFloats() * 2 / 3);
        PlanSimulation.run(Planner.plan(tower(true)));
    }

    private static Graph tower(boolean recompute) {
        GraphBuilder builder = new GraphBuilder("Net");
        int x = builder.op("conv", CONV, builder.input("image", Shape.of(4, 16, 16)));
        for (int block = 0; block < 3; block++) {
            builder.recomputed(recompute ? "block" + block : "");
            for (int i = 0; i < 4; i++) {
                String name = "block" + block + ".";
                x = builder.op(name + "conv" + i, CONV, x);
                x = builder.op(name + "bn" + i, BatchNorm.DEF.create(Map.of()), x);
                x = builder.op(name + "tanh" + i, new Tanh(), x);
            }
        }
        return builder.output("y", x).build();
    }

    @Test
    void activationsAreFusedAndNeedNoMemory() {
        GraphBuilder builder = new GraphBuilder("Net");
        int x = builder.op("conv1", CONV, builder.input("image", Shape.of(4, 3, 5)));
        int y = builder.op("relu1", new Relu(), x);
        Plan plan = Planner.plan(builder.output("y", y).build());
        assertThat(plan.calls()).hasSize(1);
        assertThat(plan.tensors()).doesNotContainKey(x).containsKey(y);
    }

    @Test
    void anActivationIsNotFusedWhenWhatIsBeforeItIsRead() {
        GraphBuilder builder = new GraphBuilder("Net");
        int x = builder.op("conv1", CONV, builder.input("image", Shape.of(4, 3, 5)));
        int y = builder.op("relu1", new Relu(), x);
        Graph graph = builder.output("y", y).output("x", x).build();
        assertThat(Planner.plan(graph).calls()).hasSize(2);
        PlanSimulation.run(Planner.plan(graph));
    }

    @Test
    void aLongChainNeedsAtInferenceNoMoreThanTwoTensors() {
        GraphBuilder builder = new GraphBuilder("Net");
        int x = builder.input("image", Shape.of(4, 16, 16));
        for (int i = 0; i < 20; i++) {
            x = builder.op("conv" + i, CONV, x);
        }
        Plan plan = Planner.plan(builder.output("y", x).build());
        assertThat(plan.inferenceFloats()).isEqualTo(3 * 4 * 16 * 16); // the input is kept
    }

    /** Four layers of four channels beside the first four: twenty channels, once for the values and once for the gradients. */
    @Test
    void aDenseBlockIsOneBlockOfMemory() {
        GraphBuilder builder = new GraphBuilder("Net");
        int first = builder.op("conv", CONV, builder.input("image", Shape.of(4, 16, 16)));
        int all = denseBlock(builder, "b", first, 4);
        Plan plan =
                Planner.plan(builder.output("y", builder.op("last", CONV, all)).build());
        Place whole = plan.tensors().get(all).value();
        Place begin = plan.tensors().get(first).value();
        assertThat(whole.stride()).isEqualTo(20 * 256);
        assertThat(begin.offset()).isEqualTo(whole.offset());
        assertThat(begin.stride()).isEqualTo(whole.stride());
        List<Long> pieces = plan.calls().stream()
                .filter(call -> call.call().name().startsWith("bconv"))
                .map(call ->
                        plan.tensors().get(call.call().output().id()).value().within())
                .toList();
        assertThat(pieces).containsExactly(4 * 256L, 8 * 256L, 12 * 256L, 16 * 256L);
        assertThat(plan.tensors().get(first).gradient().orElseThrow().offset())
                .isEqualTo(plan.tensors().get(all).gradient().orElseThrow().offset());
        PlanSimulation.run(plan);
    }

    @Test
    void anInputOfTheModelIsCopiedIntoAJoin() {
        GraphBuilder builder = new GraphBuilder("Net");
        int image = builder.input("image", Shape.of(4, 3, 5));
        int all = builder.op("concat", Concat.DEF.create(Map.of()), image, builder.op("conv", CONV, image));
        Plan plan =
                Planner.plan(builder.output("y", builder.op("last", CONV, all)).build());
        assertThat(plan.tensors().get(image).value().stride()).isEqualTo(4 * 15);
        PlanSimulation.run(plan);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsReadIsThere(long block) {
        for (long seed = 100 * block; seed < 100 * (block + 1); seed++) {
            try {
                PlanSimulation.run(Planner.plan(random(new Random(seed), seed % 2 == 1)));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** A graph of all traits: joins, views, in-place operators, several readers, train-only parts, unused parts. */
    private static Graph random(Random random, boolean recompute) {
        GraphBuilder builder = new GraphBuilder("Net");
        List<Integer> images = new ArrayList<>(List.of(builder.input("image", Shape.of(4, 2, 3))));
        int size = 3 + random.nextInt(20);
        for (int i = 0; i < size; i++) {
            int x = pick(random, images);
            String name = "n" + i;
            if (recompute && random.nextInt(3) == 0) {
                builder.recomputed(random.nextInt(3) == 0 ? "" : "b" + i);
            }
            int y =
                    switch (random.nextInt(14)) {
                        case 0, 1 -> builder.op(name, CONV, x);
                        case 2, 3 -> builder.op(name, new Relu(), x);
                        case 4 -> builder.op(name, new Tanh(), x);
                        case 5 -> builder.op(name, Dropout.DEF.create(Map.of()), x);
                        case 6 -> builder.op(name, BatchNorm.DEF.create(Map.of()), x);
                        case 7, 12, 13 -> builder.op(name, Add.DEF.create(Map.of()), x, pick(random, images));
                        case 8 -> builder.op(name, Identity.DEF.create(Map.of()), x);
                        case 9 ->
                            builder.op(
                                    name,
                                    CONV,
                                    builder.op(name + "c", Concat.DEF.create(Map.of()), x, pick(random, images), x));
                        case 10 -> builder.op(name, CONV, denseBlock(builder, name, x, 1 + random.nextInt(3)));
                        default -> builder.op(name, MaxPool.DEF.create(Map.of("kernel", Pair.square(1))), x);
                    };
            images.add(y);
        }
        builder.recomputed("");
        int aux = builder.trainOnly("aux", CONV, pick(random, images));
        int aux2 = builder.trainOnly("aux2", new Relu(), aux);
        builder.output("y", images.get(images.size() - 1));
        if (random.nextBoolean()) {
            builder.output("z", images.get(images.size() / 2 + 1));
        }
        return builder.output("aux", aux2).build();
    }

    /** Each layer reads all before it, and its output is put beside them. */
    private static int denseBlock(GraphBuilder builder, String name, int x, int layers) {
        int all = x;
        for (int i = 0; i < layers; i++) {
            int norm = builder.op(name + "norm" + i, BatchNorm.DEF.create(Map.of()), all);
            int fresh = builder.op(name + "conv" + i, CONV, norm);
            all = builder.op(name + "concat" + i, Concat.DEF.create(Map.of()), all, fresh);
        }
        return all;
    }

    /** Mostly one of the last few, so that chains arise. */
    private static int pick(Random random, List<Integer> nodes) {
        int back = Math.min(nodes.size(), 1 + random.nextInt(3));
        return random.nextInt(4) == 0 ? nodes.get(random.nextInt(nodes.size())) : nodes.get(nodes.size() - back);
    }
}
