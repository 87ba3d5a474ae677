package dev.fovea.runtime.train;

import dev.fovea.ops.ConvTranspose;
import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Visible;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsWriter;
import dev.fovea.runtime.io.StoredTensor;
import dev.fovea.runtime.train.Recipe.Stage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The way back through a layer, as the layer's phase left it: to look at what a code has kept of a picture, and to go on with an
 * auto-encoder of all layers. The model itself does not keep it.
 *
 * @param layer the layer's name
 * @param op the decoder: a dense layer or a transposed convolution
 * @param visible what the elements are that it gives
 * @param code the shape of what it reads
 * @param input the shape of what it gives
 * @param weight {@code [units, inputs]} of PyTorch's Linear, or that of its ConvTranspose2d
 * @param bias one for each output or channel
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record LayerDecoder(
        String layer, Op op, Visible visible, Shape code, Shape input, float[] weight, float[] bias) {
    /**
     * The decoder of a phase.
     *
     * @param weight of the layer where the decoder is tied to it, else the decoder's own
     */
    static LayerDecoder of(Stage stage, float[] weight, float[] bias) {
        Shape code = stage.layer().code();
        Shape input = stage.layer().input();
        boolean transposed = stage.isTied() && code.rank() == 1;
        return new LayerDecoder(
                stage.layer().name(),
                stage.decoder(),
                stage.method().visible(),
                code,
                input,
                transposed ? transpose(weight, code.extent(0), input.extent(0)) : weight,
                bias);
    }

    /**
     * Codes back to what they stand for. In plain Java, for a handful of pictures.
     *
     * @param codes one behind the other
     * @return probabilities for Bernoulli elements, means for Gaussian ones
     */
    public float[] decode(float[] codes) {
        int from = Math.toIntExact(code.size());
        int to = Math.toIntExact(input.size());
        int samples = codes.length / from;
        float[] back = new float[samples * to];
        for (int sample = 0; sample < samples; sample++) {
            double[] sums = op instanceof ConvTranspose conv
                    ? spread(conv, codes, sample * from)
                    : multiply(codes, sample * from);
            for (int i = 0; i < to; i++) {
                double sum = sums[i] + bias[i / (to / bias.length)];
                back[sample * to + i] = (float) (visible == Visible.BERNOULLI ? 1 / (1 + Math.exp(-sum)) : sum);
            }
        }
        return back;
    }

    /**
     * Writes weight and bias as safetensors: {@code LAYER.decoder.weight}, {@code LAYER.decoder.bias}.
     *
     * @throws InputException where the file cannot be written
     */
    public void save(Path file) throws InputException {
        List<Long> extents = op instanceof ConvTranspose conv
                ? List.of(
                        (long) code.channels(),
                        (long) input.channels() / conv.groups(),
                        (long) conv.kernel().height(),
                        (long) conv.kernel().width())
                : List.of(input.size(), code.size());
        SafetensorsWriter.write(
                file,
                List.of(
                        StoredTensor.floats(layer + ".decoder.weight", extents, () -> FloatBuffer.wrap(weight)),
                        StoredTensor.floats(
                                layer + ".decoder.bias", List.of((long) bias.length), () -> FloatBuffer.wrap(bias))),
                Map.of());
    }

    private double[] multiply(float[] codes, int at) {
        int from = Math.toIntExact(code.size());
        double[] sums = new double[bias.length];
        for (int unit = 0; unit < sums.length; unit++) {
            for (int i = 0; i < from; i++) {
                sums[unit] += (double) weight[unit * from + i] * codes[at + i];
            }
        }
        return sums;
    }

    private double[] spread(ConvTranspose conv, float[] codes, int at) {
        double[] sums = new double[Math.toIntExact(input.size())];
        int perGroup = input.channels() / conv.groups();
        int window = conv.kernel().height() * conv.kernel().width();
        int area = code.area();
        for (int i = 0; i < codes.length && i < code.size(); i++) {
            int channel = i / area;
            int group = channel / (code.channels() / conv.groups());
            int row = i % area / code.width() * conv.stride().height()
                    - conv.padding().top();
            int column =
                    i % code.width() * conv.stride().width() - conv.padding().left();
            for (int tap = 0; tap < perGroup * window; tap++) {
                int y = row
                        + tap % window / conv.kernel().width() * conv.dilation().height();
                int x = column + tap % conv.kernel().width() * conv.dilation().width();
                if (y >= 0 && y < input.height() && x >= 0 && x < input.width()) {
                    int target = ((group * perGroup + tap / window) * input.height() + y) * input.width() + x;
                    sums[target] += (double) weight[channel * perGroup * window + tap] * codes[at + i];
                }
            }
        }
        return sums;
    }

    private static float[] transpose(float[] matrix, int rows, int columns) {
        float[] turned = new float[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            turned[i % columns * rows + i / columns] = matrix[i];
        }
        return turned;
    }
}
