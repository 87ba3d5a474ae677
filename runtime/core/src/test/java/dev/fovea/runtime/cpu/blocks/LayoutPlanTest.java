package dev.fovea.runtime.cpu.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Identity;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.ScalarSimd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which tensors come to lie in blocks. In most models a first kernel reads a picture and the last gives ten numbers of it. */
class LayoutPlanTest {
    private static final int SAMPLES = 3;
    private static final Shape IMAGE = Shape.of(32, 4, 5);
    private static final Shape SCORES = Shape.of(10);

    private final Memory memory = CpuKernels.counting(1, new ScalarSimd()).allocate("test", 0);
    private final List<BoundKernel> kernels = new ArrayList<>();
    private long next;

    /** A tensor in memory of its own. */
    private Operand tensor(Shape shape) {
        long offset = next;
        next += SAMPLES * shape.size();
        return new Operand(shape, new Region(memory, offset, shape.size()), null);
    }

    /** A tensor that is channels of another from one on. */
    private static Operand slice(Operand whole, int from, int channels) {
        Region region = whole.value();
        Shape shape = whole.shape();
        return new Operand(
                Shape.of(channels, shape.height(), shape.width()),
                new Region(region.memory(), region.offset() + (long) from * shape.area(), region.stride()),
                null);
    }

    private static Operand as(Shape shape, Operand tensor) {
        return new Operand(shape, tensor.value(), null);
    }

    private <K extends Kernel> K bind(K kernel, Operand output, Operand... inputs) {
        kernels.add(new BoundKernel(
                new Binding(
                        "test",
                        new Identity(),
                        Optional.empty(),
                        List.of(inputs),
                        output,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        SAMPLES,
                        0),
                kernel));
        return kernel;
    }

    /** A kernel whose input and output may lie in different orders. */
    private FakeKernel conv(double gain, Operand output, Operand input, Region... besides) {
        return bind(new FakeKernel(true, true, gain, List.of(besides)), output, input);
    }

    /** A kernel all of whose tensors lie in the same order. */
    private FakeKernel same(double gain, Operand output, Operand... inputs) {
        return bind(new FakeKernel(true, false, gain, List.of()), output, inputs);
    }

    private FakeKernel cannot(Operand output, Operand input, Region... besides) {
        return bind(new FakeKernel(false, false, 1, List.of(besides)), output, input);
    }

    /** A kernel that knows only planes. */
    private void planar(Operand output, Operand... inputs) {
        bind(
                new Kernel() {
                    @Override
                    public void forward(Run run) {}

                    @Override
                    public void backward(Run run) {}
                },
                output,
                inputs);
    }

    private void lay(Operand... results) {
        LayoutPlan.lay(kernels, List.of(results));
    }

    @Test
    void aChainIsInBlocksBetweenPictureAndScores() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        Operand c = tensor(IMAGE);
        Operand pooled = tensor(Shape.of(32, 1, 1));
        Operand scores = tensor(SCORES);
        FakeKernel first = conv(1, a, tensor(Shape.of(3, 8, 10)));
        FakeKernel activation = same(0, b, a);
        FakeKernel second = conv(1, c, b);
        FakeKernel pool = same(0, pooled, c);
        planar(scores, as(Shape.of(32), pooled));
        lay(scores);
        assertThat(first.laid()).isEqualTo("output");
        assertThat(activation.laid()).isEqualTo("both");
        assertThat(second.laid()).isEqualTo("both");
        assertThat(pool.laid()).as("its output has one pixel").isEqualTo("both");
    }

    @Test
    void aResultIsPlanar() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE));
        FakeKernel second = conv(1, b, a);
        lay(b);
        assertThat(first.laid()).isEqualTo("output");
        assertThat(second.laid()).isEqualTo("input");
    }

    /** The view runs nothing and is bound to nothing: only the result's place says what it is. */
    @Test
    void aResultThatIsAViewIsPlanar() {
        Operand a = tensor(IMAGE);
        FakeKernel only = conv(1, a, tensor(IMAGE));
        lay(as(Shape.of(32, 20), a));
        assertThat(only.laid()).isEqualTo("planar");
    }

    @Test
    void aResultWithinAJoinIsPlanar() {
        Operand whole = tensor(Shape.of(64, 4, 5));
        FakeKernel first = conv(1, slice(whole, 0, 32), tensor(IMAGE));
        FakeKernel second = conv(1, slice(whole, 32, 32), tensor(IMAGE));
        FakeKernel join = same(1, whole, slice(whole, 0, 32), slice(whole, 32, 32));
        lay(slice(whole, 32, 32));
        assertThat(List.of(first.laid(), second.laid(), join.laid())).containsOnly("planar");
    }

    @Test
    void whatIsReadInAnotherShapeIsPlanar() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE));
        FakeKernel second = conv(1, b, a);
        Operand scores = tensor(SCORES);
        planar(scores, as(Shape.of(640), b));
        lay(scores);
        assertThat(first.laid()).isEqualTo("output");
        assertThat(second.laid()).isEqualTo("input");
    }

    @Test
    void whatIsReadAsAnImageButWrittenAsAVectorIsPlanar() {
        Operand vector = tensor(Shape.of(640));
        planar(vector, tensor(SCORES));
        FakeKernel conv = conv(1, tensor(IMAGE), as(IMAGE, vector));
        FakeKernel activation = same(1, tensor(IMAGE), as(IMAGE, vector));
        lay();
        assertThat(conv.laid()).isEqualTo("output");
        assertThat(activation.laid()).isEqualTo("planar");
    }

    @Test
    void channelsThatAreNoWholeBlocksArePlanar() {
        Operand a = tensor(Shape.of(24, 4, 5));
        FakeKernel first = conv(1, a, tensor(IMAGE));
        FakeKernel second = conv(1, tensor(IMAGE), a);
        lay();
        assertThat(first.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("output");
    }

    @Test
    void aKernelThatKnowsOnlyPlanesHoldsBothSides() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE));
        planar(b, a);
        FakeKernel second = conv(1, tensor(IMAGE), b);
        lay();
        assertThat(first.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("output");
    }

    @Test
    void aKernelThatCannotHoldsAllItReads() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        Operand c = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE));
        FakeKernel second = conv(1, b, tensor(IMAGE));
        FakeKernel third = cannot(c, a, b.value());
        FakeKernel fourth = same(1, tensor(IMAGE), c);
        lay();
        assertThat(List.of(first.laid(), second.laid(), third.laid(), fourth.laid()))
                .containsOnly("planar");
    }

    @Test
    void whatIsAddedLiesAsTheSumDoes() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE));
        FakeKernel second = conv(1, b, tensor(IMAGE), a.value());
        planar(tensor(SCORES), b);
        lay();
        assertThat(first.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("planar");
    }

    @Test
    void allInputsOfASumLieTheSame() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        Operand sum = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE));
        FakeKernel second = conv(1, b, tensor(IMAGE));
        planar(tensor(SCORES), b);
        FakeKernel add = same(0, sum, a, b);
        FakeKernel third = conv(1, tensor(IMAGE), sum);
        lay();
        assertThat(List.of(first.laid(), second.laid(), add.laid())).containsOnly("planar");
        assertThat(third.laid()).isEqualTo("output");
    }

    @Test
    void aVectorBesideAnImageHoldsNothing() {
        Operand a = tensor(IMAGE);
        Operand factors = tensor(Shape.of(32));
        Operand scaled = tensor(IMAGE);
        conv(1, a, tensor(IMAGE));
        planar(factors, tensor(SCORES));
        FakeKernel scale = same(0, scaled, a, factors);
        conv(1, tensor(IMAGE), scaled);
        lay();
        assertThat(scale.laid()).isEqualTo("both");
    }

    @Test
    void aGroupThatLosesIsPlanar() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        Operand c = tensor(IMAGE);
        FakeKernel first = conv(2, a, tensor(IMAGE));
        FakeKernel pool = same(-3, b, a);
        FakeKernel second = conv(2, c, b);
        FakeKernel third = conv(2, tensor(IMAGE), c);
        lay();
        assertThat(pool.laid()).isEqualTo("planar");
        assertThat(first.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("output");
        assertThat(third.laid()).isEqualTo("both");
    }

    @Test
    void whereNothingIsGainedAllIsPlanar() {
        FakeKernel activation = same(0, tensor(IMAGE), tensor(IMAGE));
        Operand a = tensor(IMAGE);
        FakeKernel conv = conv(0, a, tensor(IMAGE));
        lay();
        assertThat(activation.laid()).isEqualTo("planar");
        assertThat(conv.laid()).isEqualTo("planar");
    }

    @Test
    void whatAllGainCounts() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        conv(2, a, tensor(IMAGE));
        conv(4, b, tensor(IMAGE));
        FakeKernel add = same(-2, tensor(IMAGE), a, b);
        lay();
        assertThat(add.laid()).isEqualTo("both");
    }

    @Test
    void whatTheReaderGainsCounts() {
        Operand a = tensor(IMAGE);
        FakeKernel first = conv(0, a, tensor(IMAGE));
        conv(1, tensor(IMAGE), a);
        lay();
        assertThat(first.laid()).isEqualTo("output");
    }

    /** Without the turning all would gain. */
    @Test
    void turningAroundCounts() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        Operand c = tensor(IMAGE);
        FakeKernel first = conv(3, a, tensor(IMAGE)).turning(4);
        FakeKernel second = conv(3, b, a).turning(4);
        planar(c, b);
        lay(c);
        assertThat(first.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("planar");
    }

    /** The second has half its gain from what lies before it, as long as both of its sides may be in blocks. */
    @Test
    void aGroupThatLosesMayMakeAnotherLose() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        Operand c = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE)).turning(2);
        FakeKernel second = conv(3, b, a).turning(4);
        same(-9, c, b);
        lay();
        assertThat(second.laid()).isEqualTo("planar");
        assertThat(first.laid()).isEqualTo("planar");
    }

    @Test
    void aTensorOfTwoAxesHasNoBlocks() {
        FakeKernel conv = conv(1, tensor(Shape.of(32, 20)), tensor(IMAGE));
        lay();
        assertThat(conv.laid()).isEqualTo("planar");
    }

    @Test
    void slicesLieAsTheirJoinDoes() {
        Operand whole = tensor(Shape.of(64, 4, 5));
        FakeKernel first = conv(1, slice(whole, 0, 48), tensor(IMAGE));
        FakeKernel second = conv(1, slice(whole, 48, 16), tensor(IMAGE));
        FakeKernel join = same(0, whole, slice(whole, 0, 48), slice(whole, 48, 16));
        FakeKernel third = conv(1, tensor(IMAGE), whole);
        lay();
        assertThat(first.laid()).isEqualTo("output");
        assertThat(second.laid()).isEqualTo("output");
        assertThat(join.laid()).isEqualTo("both");
        assertThat(third.laid()).isEqualTo("both");
    }

    @Test
    void aSliceThatIsReadBehindTheJoinIsInTheSameOrder() {
        Operand whole = tensor(Shape.of(64, 4, 5));
        Operand part = slice(whole, 0, 48);
        conv(1, part, tensor(IMAGE));
        conv(1, slice(whole, 48, 16), tensor(IMAGE));
        FakeKernel join = same(0, whole, part, slice(whole, 48, 16));
        FakeKernel later = conv(1, tensor(IMAGE), part);
        lay();
        assertThat(join.laid()).isEqualTo("both");
        assertThat(later.laid()).isEqualTo("both");
    }

    @Test
    void aPartOfABlockIsReadFromPlanes() {
        Operand whole = tensor(Shape.of(64, 4, 5));
        FakeKernel first = conv(1, whole, tensor(IMAGE));
        FakeKernel second = conv(1, tensor(IMAGE), slice(whole, 8, 16));
        lay();
        assertThat(first.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("output");
    }

    /** Nobody has written the whole: its parts are held. */
    @Test
    void whatIsReadOverSeveralTensorsIsPlanar() {
        Operand whole = tensor(Shape.of(64, 4, 5));
        FakeKernel first = conv(1, slice(whole, 0, 32), tensor(IMAGE));
        FakeKernel second = conv(1, slice(whole, 32, 32), tensor(IMAGE));
        planar(tensor(SCORES), whole);
        lay();
        assertThat(first.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("planar");
    }

    @Test
    void memoryIsUsedAgain() {
        Operand a = tensor(IMAGE);
        Operand b = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE));
        conv(1, b, a);
        FakeKernel third = conv(1, a, b);
        planar(tensor(SCORES), a);
        lay();
        assertThat(first.laid()).as("what lay there before").isEqualTo("output");
        assertThat(third.laid()).isEqualTo("input");
    }

    /** A tensor was written over half of it: what is read is neither. */
    @Test
    void whatWasWrittenOverIsNotTakenForWhole() {
        Operand a = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE));
        Region behind = new Region(memory, a.value().offset() + 320, IMAGE.size());
        FakeKernel second = conv(1, new Operand(IMAGE, behind, null), tensor(IMAGE));
        FakeKernel third = conv(1, tensor(IMAGE), a);
        lay();
        assertThat(first.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("planar");
        assertThat(third.laid()).isEqualTo("output");
    }

    /** It has its own reasons to lie as it does. */
    @Test
    void whatAnotherWroteOverASliceIsNotTheSlice() {
        Operand whole = tensor(Shape.of(64, 4, 5));
        Operand part = slice(whole, 0, 48);
        FakeKernel first = conv(1, part, tensor(IMAGE));
        FakeKernel second = conv(1, whole, tensor(IMAGE));
        FakeKernel third = conv(1, tensor(IMAGE), part);
        lay();
        assertThat(first.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("planar");
        assertThat(third.laid()).isEqualTo("output");
    }

    /** Both lie the same, but the second is no whole for the first to be blocks of. */
    @Test
    void whatWasWrittenOverByItsOwnReaderIsNotTakenForWhole() {
        Operand a = tensor(IMAGE);
        conv(1, a, tensor(IMAGE));
        Region behind = new Region(memory, a.value().offset() + 320, IMAGE.size());
        FakeKernel activation = same(1, new Operand(IMAGE, behind, null), a);
        FakeKernel second = conv(1, tensor(IMAGE), a);
        lay();
        assertThat(activation.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("output");
    }

    @Test
    void inPlaceTheNewTensorCounts() {
        Operand a = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE));
        FakeKernel activation = same(0, a, a);
        FakeKernel second = conv(1, tensor(IMAGE), a);
        lay();
        assertThat(first.laid()).isEqualTo("output");
        assertThat(activation.laid()).isEqualTo("both");
        assertThat(second.laid()).isEqualTo("both");
    }

    @Test
    void inPlaceTheOldTensorIsHeldWithTheNew() {
        Operand a = tensor(IMAGE);
        FakeKernel first = conv(1, a, tensor(IMAGE));
        planar(a, a);
        FakeKernel second = conv(1, tensor(IMAGE), a);
        lay();
        assertThat(first.laid()).isEqualTo("planar");
        assertThat(second.laid()).isEqualTo("output");
    }
}
