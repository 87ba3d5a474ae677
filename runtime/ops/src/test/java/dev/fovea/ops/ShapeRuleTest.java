package dev.fovea.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operators without a window say of shapes that do not suit them. */
class ShapeRuleTest {
    @Test
    void groups() {
        assertThat(Said.by(Said.conv(96, 3, Map.of("groups", 4)), Shape.of(6, 22, 22)))
                .containsExactly(
                        "error[CNN0302]: the groups do not divide the channels",
                        "  the input has 6 channels: 6/4 is no whole number",
                        "  help: both 6 and 96 can be cut into 1, 2, 3 or 6 groups");
    }

    @Test
    void connections() {
        assertThat(table(List.of(List.of(1), List.of(2)))).contains("  it has 2 rows for 3 output channels");
        assertThat(table(List.of(List.of(1), List.of(2), List.of(6)))).contains("  row 2 names channel 6 of 6");
        assertThat(table(List.of(List.of(1), List.of(2), List.of()))).contains("  row 2 is empty");
        assertThat(table(List.of(List.of(1, 1), List.of(2), List.of(3))))
                .contains("  row 0 names a channel twice: [1, 1]");
        assertThat(table(List.of(List.of(1, 0), List.of(2), List.of(3)))).containsExactly("[3, 3, 20]");
    }

    private static List<String> table(List<List<Integer>> rows) {
        return Said.by(Said.conv(3, 3, Map.of("connections", rows)), Shape.of(6, 5, 22));
    }

    @Test
    void connectionsCountOnce() {
        List<List<Integer>> rows = List.of(List.of(0, 1, 2), List.of(1), List.of(0, 5));
        Conv conv = Said.conv(3, 5, Map.of("connections", rows));
        Shape input = Shape.of(6, 14, 14);
        List<Parameter> parameters = Conv.DEF.parameters(conv, List.of(input), Shape.of(3, 10, 10));
        assertThat(parameters.get(0).shape()).isEqualTo(Shape.of(3, 6, 5, 5));
        assertThat(parameters.get(0).count()).isEqualTo(6 * 25);
        assertThat(Conv.DEF.macs(conv, List.of(input), Shape.of(3, 10, 10))).isEqualTo(6 * 25 * 100);
    }

    @Test
    void transposedSizes() {
        Map<String, Object> doubling = Map.of("stride", Pair.square(2), "padding", Padding.all(1));
        assertThat(Said.by(transposed(64, 4, doubling), Shape.of(128, 16, 16))).containsExactly("[64, 32, 32]");
        assertThat(Said.by(transposed(3, 3, doubling), Shape.of(8, 5, 7))).containsExactly("[3, 9, 13]");
        assertThat(Said.by(
                        transposed(3, 3, Map.of("dilation", Pair.square(3), "output_padding", Pair.square(2))),
                        Shape.of(8, 5, 7)))
                .as("output_padding may reach the stride where it is less than the dilation")
                .containsExactly("[3, 13, 15]");
        assertThat(Said.by(
                        transposed(3, 3, Map.of("stride", Pair.square(2), "output_padding", Pair.square(2))),
                        Shape.of(8, 5, 7)))
                .containsExactly(
                        "error[CNN0330]: the output padding is too large",
                        "  output_padding 2 with stride 2 and dilation 1: at most 1",
                        "  help: it must be smaller than the stride or the dilation: use output_padding=1; `pad` adds more");
        assertThat(Said.by(transposed(3, 4, Map.of("padding", Padding.all(2))), Shape.of(100, 1, 1)))
                .containsExactly(
                        "error[CNN0331]: the padding cuts off all of the output",
                        "  (1 − 1)·1 − 2·2 + 1·(4 − 1) + 0 + 1 = 0 rows",
                        "  help: padding is cut off here; at most 3 of 4 rows can be: use padding=1 or less");
        assertThat(Said.by(transposed(4, 3, Map.of("groups", 4)), Shape.of(6, 5, 5)))
                .contains("  the input has 6 channels: 6/4 is no whole number");
    }

    private static ConvTranspose transposed(int channels, int kernel, Map<String, Object> rest) {
        Map<String, Object> given = new HashMap<>(rest);
        given.put("channels", channels);
        given.put("kernel", Pair.square(kernel));
        return ConvTranspose.DEF.create(given);
    }

    /** The last but one layer of DCGAN's generator (Radford et al. 2016), and LeNet-5's S2. */
    @Test
    void transposedAndSubsampledCounts() {
        ConvTranspose op =
                transposed(64, 4, Map.of("stride", Pair.square(2), "padding", Padding.all(1), "bias", false));
        List<Shape> inputs = List.of(Shape.of(128, 16, 16));
        Shape output = Shape.of(64, 32, 32);
        assertThat(ConvTranspose.DEF.parameters(op, inputs, output))
                .containsExactly(
                        Parameter.trainable("weight", Shape.of(128, 64, 4, 4), Initializer.DEFAULT, 64 * 16, 128 * 16));
        assertThat(ConvTranspose.DEF.macs(op, inputs, output)).isEqualTo(33_554_432);
        Subsample subsample = new Subsample(Pair.square(2), Initializer.DEFAULT);
        assertThat(Subsample.DEF.parameters(subsample, List.of(Shape.of(6, 28, 28)), Shape.of(6, 14, 14)))
                .extracting(Parameter::count)
                .containsExactly(6L, 6L);
        assertThat(Rbf.DEF.parameters(new Rbf(10), List.of(Shape.of(84)), Shape.of(10)))
                .containsExactly(Parameter.fixed("weight", Shape.of(10, 84), Initializer.SIGNS));
    }

    @Test
    void ranks() {
        assertThat(Said.by(Said.conv(3, 3, Map.of()), Shape.of(6)))
                .contains(
                        "error[CNN0310]: `conv` needs an image",
                        "  the input is [6], of rank 1, not [channels, height, width]");
        assertThat(Said.by(new BatchNorm(1e-5f, 0.1f, true), Shape.of(6, 3)))
                .contains("error[CNN0310]: `batchnorm` needs a vector or an image");
        assertThat(Said.by(new Dense(10, true, Initializer.DEFAULT), Shape.of(16, 5, 5)))
                .contains("  help: put `flatten` before it: [16, 5, 5] becomes [400]");
    }

    @Test
    void joins() {
        assertThat(Said.by(new Add(), Shape.of(64, 56, 56), Shape.of(128, 28, 28)))
                .containsExactly(
                        "error[CNN0304]: the shapes to add do not agree",
                        "  input 1 is [64, 56, 56], input 2 is [128, 28, 28]",
                        "  help: `conv(128, kernel=1, stride=2)` on [64, 56, 56] makes it [128, 28, 28]");
        assertThat(Said.by(new Add(), Shape.of(1, 5, 5), Shape.of(3, 5, 5)))
                .as("nothing is broadcast")
                .contains("error[CNN0304]: the shapes to add do not agree");
        assertThat(Said.by(new Concat(0), Shape.of(64, 8, 8), Shape.of(32, 7, 8)))
                .containsExactly(
                        "error[CNN0304]: the shapes to join do not agree",
                        "  along axis 0: input 1 is [64, 8, 8], input 2 is [32, 7, 8]",
                        "  help: all extents but that of axis 0 must be equal",
                        "  help: `center_crop((7, 8))` on [64, 8, 8] makes it [64, 7, 8]");
        assertThat(Said.by(new Concat(0), Shape.of(64, 8, 8), Shape.of(32, 16, 16)))
                .contains(
                        "  help: `upsample(2)` on [64, 8, 8] makes it [64, 16, 16]",
                        "  help: `maxpool(2)` on [32, 16, 16] makes it [32, 8, 8]");
        assertThat(Said.by(new Add(), Shape.of(64, 8, 9), Shape.of(64, 7, 7)))
                .contains("  help: `center_crop(7)` on [64, 8, 9] makes it [64, 7, 7]");
        assertThat(Said.by(new Concat(3), Shape.of(64, 8, 8), Shape.of(32, 7, 8)))
                .contains("error[CNN0311]: the axis is out of range", "  axis 3 of [64, 8, 8], whose axes are 0 to 2");
        assertThat(Said.by(new Concat(0), Shape.of(Integer.MAX_VALUE), Shape.of(2)))
                .contains("error[CNN0304]: the joined tensor is too large");
    }

    @Test
    void reshapes() {
        Shape input = Shape.of(16, 5, 5);
        assertThat(Said.by(new Reshape(List.of(16, 5, 6)), input))
                .containsExactly(
                        "error[CNN0306]: reshape changes the number of elements",
                        "  [16, 5, 5] has 400 elements: 400 is not 16·5·6 = 480",
                        "  help: `flatten` makes it [400]");
        assertThat(Said.by(new Reshape(List.of(-1, 7)), input))
                .contains("  [16, 5, 5] has 400 elements: 400 is no multiple of 7");
        assertThat(Said.by(new Reshape(List.of(-1, -1)), input)).contains("  -1 stands more than once in [-1, -1]");
        assertThat(Said.by(new Reshape(List.of(65536, 65536, 65536)), input))
                .contains("  [65536, 65536, 65536] has more than 2147483647 elements");
        assertThat(Said.by(new Reshape(List.of(4, -1)), input)).containsExactly("[4, 100]");
    }

    @Test
    void adaptivePoolsThatRepeat() {
        assertThat(Said.by(new AdaptiveAvgPool(Pair.square(6)), Shape.of(256, 1, 1)))
                .containsExactly(
                        "warning[CNN0312]: the adaptive pool makes its input larger",
                        "  6×6 bins over 1×1 elements: elements are repeated",
                        "  help: use a size of at most 1",
                        "[256, 6, 6]");
    }

    @Test
    void losses() {
        assertThat(Said.by(new CrossEntropy(0), Shape.of(10), Shape.of(1))).containsExactly("[1]");
        assertThat(Said.by(new CrossEntropy(0), Shape.of(10, 4, 5), Shape.of(1)))
                .containsExactly(
                        "error[CNN0313]: the logits and the label do not agree",
                        "  logits [10, 4, 5] need labels [4, 5], not [1]",
                        "  help: declare the target as class(10, [4, 5])");
        assertThat(Said.by(new Mse(), Shape.of(10, 4, 5), Shape.of(200)))
                .contains("  the prediction is [10, 4, 5], the target [200]");
    }

    @Test
    void partsThatAreNotThere() {
        Shape input = Shape.of(64, 9, 8);
        assertThat(Said.by(new Slice(32, 65, 0, 1), input))
                .containsExactly(
                        "error[CNN0320]: the slice reaches beyond the input",
                        "  positions 32 to 64 along channels of [64, 9, 8], whose positions are 0 to 63",
                        "  help: `to` is exclusive: use to=64 for the last position");
        assertThat(Said.by(new Slice(4, 4, 1, 1), input))
                .containsExactly(
                        "error[CNN0320]: the slice is empty",
                        "  from 4 to, exclusively, 4 leaves nothing of height",
                        "  help: `to` is exclusive: it must be greater than `from`");
        assertThat(Said.by(new Slice(0, 4, 3, 1), input)).contains("error[CNN0311]: the axis is out of range");
        assertThat(Said.by(new Slice(1, 8, 2, 3), input)).containsExactly("[64, 9, 3]");
        assertThat(Said.by(new Crop(Padding.of(7, 3, 0, 0)), input))
                .contains("error[CNN0320]: the crop leaves nothing", "  9 − 7 − 3 = −1 rows of [64, 9, 8]");
        int most = Integer.MAX_VALUE;
        assertThat(Said.by(new Crop(Padding.of(0, 0, most, most)), input))
                .contains("error[CNN0320]: the crop leaves nothing");
        assertThat(Said.by(new CenterCrop(new Pair(10, 6)), input))
                .contains(
                        "  10×6 of an input of 9×8", "  help: use a size of at most (9, 6), or `pad` the input first");
    }

    @Test
    void pads() {
        Shape input = Shape.of(10, 5, 4);
        assertThat(Said.by(new Pad(Padding.of(1, 0, 2, 3), new Ends(0, 6), PaddingMode.ZEROS), input))
                .containsExactly("[16, 6, 9]");
        assertThat(Said.by(new Pad(Padding.of(5, 0, 0, 0), Ends.NONE, PaddingMode.REFLECT), input))
                .containsExactly(
                        "error[CNN0303]: the padding is too large for mode=\"reflect\"",
                        "  padding 5 on 5 rows: at most 4",
                        "  help: use 4 or less, or mode=\"replicate\"");
        assertThat(Said.by(new Pad(Padding.all(Integer.MAX_VALUE), Ends.NONE, PaddingMode.ZEROS), input))
                .contains("  2147483647 + 5 + 2147483647 = 4294967299 rows");
    }

    @Test
    void groupsAndBlocksOfChannels() {
        Shape input = Shape.of(10, 5, 4);
        assertThat(Said.by(new GroupNorm(4, 1e-5f), input))
                .containsExactly(
                        "error[CNN0302]: the groups do not divide the channels",
                        "  the input has 10 channels: 10/4 is no whole number",
                        "  help: 10 can be cut into 1, 2, 5 or 10 groups");
        assertThat(Said.by(new PixelShuffle(2), input))
                .containsExactly(
                        "error[CNN0302]: the channels cannot be cut into blocks of r²",
                        "  the input has 10 channels: 10/2² is no whole number",
                        "  help: `conv(12, kernel=1)` before it makes them fit");
        assertThat(Said.by(new PixelShuffle(Integer.MAX_VALUE), input))
                .contains("error[CNN0302]: the channels cannot be cut into blocks of r²");
        assertThat(Said.by(new PixelShuffle(2), Shape.of(12, 5, 4))).containsExactly("[3, 10, 8]");
        assertThat(Said.by(new Upsample(new Pair(1, 1 << 30), Interpolation.NEAREST), input))
                .contains("  the output would have 4294967296 columns");
    }

    @Test
    void nothingToNormalise() {
        assertThat(Said.by(new InstanceNorm(true, 1e-5f), Shape.of(10, 1, 1)))
                .containsExactly(
                        "error[CNN0321]: `instancenorm` has a single number to normalise",
                        "  a channel holds 1 element, which less its mean is 0",
                        "  help: leave it out here, or normalise over the batch: `batchnorm`");
        assertThat(Said.by(new GroupNorm(10, 1e-5f), Shape.of(10)))
                .contains("  a group holds 1 element, which less its mean is 0");
        assertThat(Said.by(new LayerNorm(1e-5f), Shape.of(1, 5, 4)))
                .contains("  a position holds 1 element, which less its mean is 0");
    }
}
