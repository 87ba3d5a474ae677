package dev.fovea.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> NAMES = List.of("conv", "concat", "maxpool", "relu", "relu6", "leaky_relu", "x");

    @Test
    void findsMisspeltNames() {
        assertThat(Nearest.to("rely", NAMES)).first().isEqualTo("relu");
        assertThat(Nearest.to("conact", NAMES)).containsExactly("concat");
        assertThat(Nearest.to("max_pool", NAMES)).containsExactly("maxpool");
        assertThat(Nearest.to("LeakyReLU", NAMES)).containsExactly("leaky_relu");
    }

    @Test
    void findsNothingFarAway() {
        assertThat(Nearest.to("softmax", NAMES)).isEmpty();
        assertThat(Nearest.to("y", NAMES)).isEmpty();
        assertThat(Nearest.to("a".repeat(10_000), NAMES)).isEmpty();
    }

    @Test
    void findsWhatOtherFrameworksCallIt() {
        assertThat(Nearest.to("Conv2d", NAMES)).containsExactly("conv");
        assertThat(Nearest.to("MaxPool2d", NAMES)).containsExactly("maxpool");
        assertThat(Nearest.to("learning_rate", List.of("lr", "beta1", "eps"))).containsExactly("lr");
        assertThat(Nearest.to("learning_mode", List.of("lr", "beta1", "eps"))).isEmpty();
        assertThat(Nearest.to("kernel_size", List.of("channels", "kernel", "stride")))
                .containsExactly("kernel");
    }

    @Test
    void onlyASlipIsCertain() {
        assertThat(Nearest.isCertain("maxpol", "maxpool", 4)).isTrue();
        assertThat(Nearest.isCertain("ReLU", "relu", 4)).isTrue();
        assertThat(Nearest.isCertain("batchnrom", "batchnorm", 4)).isTrue();
        assertThat(Nearest.isCertain("conv1", "conv2", 4)).isFalse();
        assertThat(Nearest.isCertain("kernel_size", "kernel", 4)).isFalse();
        assertThat(Nearest.isCertain("lrm", "lrn", 4)).isFalse();
        assertThat(Nearest.isCertain("sam", "same", 3)).isTrue();
    }

    @Test
    void whatAnotherFrameworkMeansOtherwiseIsNotCertain() {
        assertThat(Nearest.isCertain("rate", "p", 4)).isTrue();
        assertThat(Nearest.isCertain("keep_prob", "p", 4)).isFalse();
        assertThat(Nearest.isCertain("decay", "weight_decay", 4)).isFalse();
        assertThat(Nearest.isCertain("CrossEntropyLoss", "cross_entropy", 4)).isTrue();
        assertThat(Nearest.isCertain("sparse_categorical_crossentropy", "cross_entropy", 4))
                .isFalse();
    }

    @Test
    void ofWhatIsCalledOnlyASlipIsCertain() {
        for (String other : List.of("Conv2d", "conv2d", "Conv", "convolution", "Cnov")) {
            assertThat(Nearest.isCertainCallee(other, "conv")).as(other).isFalse();
        }
        assertThat(Nearest.isCertainCallee("batch_norm", "batchnorm")).isFalse();
        assertThat(Nearest.isCertainCallee("Linear", "dense")).isFalse();
        assertThat(Nearest.isCertainCallee("cnov", "conv")).isTrue();
        assertThat(Nearest.isCertainCallee("maxpol", "maxpool")).isTrue();
        assertThat(Nearest.isCertainCallee("resblock", "ResBlock")).isTrue(); // declared by the user
    }

    @Test
    void countsSwappedNeighboursAsOne() {
        assertThat(Nearest.distance("lable", "label", 2)).isEqualTo(1);
        assertThat(Nearest.distance("label", "label", 2)).isZero();
        assertThat(Nearest.distance("kernel", "kern", 1)).isGreaterThan(1);
    }

    @Test
    void writesLists() {
        assertThat(Nearest.list(List.of("a"), "or")).isEqualTo("`a`");
        assertThat(Nearest.list(List.of("a", "b", "c"), "and")).isEqualTo("`a`, `b` and `c`");
        assertThat(Nearest.help("zzz", NAMES)).isEmpty();
    }
}
