package dev.fovea.compiler.resolve;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What PyTorch, Keras, Caffe and textbooks call what the language calls otherwise. */
final class OtherFrameworks {
    /** Ours, and what others call it: without underscores and the number of dimensions, in lower case. */
    private static final List<List<String>> NAMES = List.of(
            List.of("dense", "linear", "fc", "fullyconnected", "innerproduct", "densely", "affine"),
            List.of("conv", "convolution"),
            List.of("conv_transpose", "deconv", "deconvolution", "transposedconv", "convtranspose"),
            List.of("depthwise", "depthwiseconv", "dwconv"),
            List.of("maxpool", "maxpooling"),
            List.of("avgpool", "averagepooling", "avgpooling", "averagepool", "meanpool"),
            List.of("global_avgpool", "globalaveragepooling", "globalavgpooling", "gap"),
            List.of("global_maxpool", "globalmaxpooling"),
            List.of("adaptive_avgpool", "adaptiveaveragepooling"),
            List.of("batchnorm", "batchnormalization", "bn"),
            List.of("layernorm", "layernormalization"),
            List.of("groupnorm", "groupnormalization"),
            List.of("lrn", "localresponsenorm", "localresponsenormalization"),
            List.of("leaky_relu", "lrelu"),
            List.of("silu", "swish"),
            List.of("concat", "cat", "concatenate"),
            List.of("add", "eltwise", "sum"),
            List.of("reshape", "view"),
            List.of("upsample", "upsampling"),
            List.of("pad", "zeropadding"),
            List.of("channels", "filters", "outchannels", "numoutput", "nfilters", "numfilters"),
            List.of("units", "outfeatures", "numoutput"),
            List.of("kernel", "poolsize", "ksize", "filtersize", "size"),
            List.of("padding", "pad"),
            List.of("groups", "group"),
            List.of("bias", "usebias", "biasterm"),
            List.of("p", "rate", "dropoutratio", "keepprob"),
            List.of("eps", "epsilon"),
            List.of("slope", "negativeslope", "alpha"),
            List.of("lr", "learningrate", "baselr"),
            List.of("weight_decay", "l2", "decay"),
            List.of(
                    "cross_entropy",
                    "crossentropyloss",
                    "categoricalcrossentropy",
                    "sparsecategoricalcrossentropy",
                    "softmaxwithloss"),
            List.of("mse", "mseloss", "meansquarederror", "euclideanloss"),
            List.of("mae", "l1loss", "meanabsoluteerror"),
            List.of("nll", "nllloss"),
            List.of("bce", "bceloss", "binarycrossentropy"),
            List.of("bce_with_logits", "bcewithlogitsloss"),
            List.of("accuracy", "acc", "categoricalaccuracy", "sparsecategoricalaccuracy"),
            List.of("flip_horizontal", "randomhorizontalflip", "horizontalflip", "fliplr"),
            List.of("flip_vertical", "randomverticalflip", "verticalflip", "flipud"));

    private static final Map<String, List<String>> OURS = new HashMap<>();

    static {
        for (List<String> names : NAMES) {
            for (String other : names.subList(1, names.size())) {
                OURS.merge(other, List.of(names.get(0)), (a, b) -> List.of(a.get(0), b.get(0)));
            }
        }
    }

    /**
     * Names whose counterpart is nearly, but not, the same: it is the share that is dropped, not kept; of a learning
     * rate's decay; half of a penalty; of logits in place of probabilities, or with the target last.
     */
    private static final Set<String> MEANT_OTHERWISE = Set.of(
            "keepprob",
            "decay",
            "l2",
            "categoricalcrossentropy",
            "sparsecategoricalcrossentropy",
            "binarycrossentropy");

    /** What is there in place of a name that has no counterpart of its own, or how the counterpart differs. */
    private static final Map<String, String> HABITS = Map.ofEntries(
            Map.entry(
                    "sequential",
                    "there is no container: stages are joined by `->`, as in `image -> conv(8, kernel=3) -> relu`"),
            Map.entry("activation", "an activation is a stage of its own: `dense(128) -> relu`"),
            Map.entry("pooling", "there are `maxpool(2)` and `avgpool(2)`"),
            Map.entry("none", "the batch axis is not written: an image is `[channels, height, width]`"),
            Map.entry("inchannels", "only the outputs are given: what comes in is known"),
            Map.entry("infeatures", "only the outputs are given: what comes in is known"),
            Map.entry("inputshape", "the shape stands with the input: `input image: [3, 224, 224]`"),
            Map.entry("inputdim", "the shape stands with the input: `input x: [784]`"),
            Map.entry("inplace", "leave it out: where tensors lie in memory is planned by the compiler"),
            Map.entry(
                    "self", "there is no `self`: a layer stands where it is applied, with a label if it needs a name"),
            Map.entry("nn", "operators are named by themselves: `conv`, not `nn.Conv2d`"),
            Map.entry("tf", "operators are named by themselves: `conv`, not `tf.keras.layers.Conv2D`"),
            Map.entry("f", "operators are named by themselves: `relu`, not `F.relu`"),
            Map.entry("conv", "only the outputs are given, what comes in is known: `conv(64, kernel=3)`"),
            Map.entry("linear", "only the outputs are given, what comes in is known: `dense(10)`"));

    private OtherFrameworks() {}

    /** Our name for it, if it is one of the candidates. */
    static Optional<String> ours(String name, Collection<String> candidates) {
        if (name.equals("True") || name.equals("False")) {
            return Optional.of(name.toLowerCase(Locale.ROOT));
        }
        return OURS.getOrDefault(key(name), List.of()).stream()
                .filter(candidates::contains)
                .findFirst();
    }

    /** Whether what stands with the name must be thought over, so that another name alone does not mend it. */
    static boolean isMeantOtherwise(String name) {
        return MEANT_OTHERWISE.contains(key(name));
    }

    /** What a reader who is used to that name should know. */
    static Optional<String> habit(String name) {
        return Optional.ofNullable(HABITS.get(key(name)));
    }

    private static String key(String name) {
        String bare = Nearest.withoutDimensions(name);
        return bare.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
