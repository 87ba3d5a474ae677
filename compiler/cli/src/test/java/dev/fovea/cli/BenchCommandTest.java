package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {
    private static final String CNN = "src/test/resources/dev/fovea/cli/cnn/";

    @ParameterizedTest
    @ValueSource(strings = {"train", "infer"})
    void theFiguresAgreeWithOneAnother(String mode) {
        Call call = bench("lenet.cnn", mode, "--format", "json");
        assertThat(call.status()).as(call.transcript()).isZero();
        double imagesPerSecond = number(call, "images_per_s");
        assertThat(imagesPerSecond).isPositive();
        assertThat(number(call, "ms_per_step") * imagesPerSecond / 1e3).isBetween(7.99, 8.01);
        // conv1: 36 positions × 4 × 9, fc: 36 × 3; the first layer's input needs no gradient.
        double forward = 2.0 * (1296 + 108);
        double flops = mode.equals("infer") ? forward : 2 * 2.0 * 1296 + 3 * 2.0 * 108;
        assertThat(number(call, "gflops"))
                .isBetween(0.99 * flops * imagesPerSecond * 1e-9, 1.01 * flops * imagesPerSecond * 1e-9);
        assertThat(number(call, "peak_rss_bytes")).isGreaterThan(1 << 20);
        assertThat(call.out()).contains("\"device\": \"cpu\"", "\"threads\": 1");
    }

    @Test
    void aModelWithoutARecipeTrainsOnItsFirstOutput() {
        Call call = bench("heads.cnn", "train");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.out()).contains("images/s", "GFLOP/s", "on cpu with 1 threads");
    }

    @Test
    void aNamedRecipeIsTheOneThatRuns() {
        Call call = bench("several.cnn", "train", "--model", "Two", "--recipe", "fast");
        assertThat(call.status()).as(call.transcript()).isZero();
    }

    @Test
    void anImageOfAnImageIsInferredWithoutARecipe() {
        Call call = bench("edges.cnn", "infer");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.out()).contains("images/s");
    }

    @Test
    void anImageIsNoScoresToTrainOnWithoutARecipe() {
        Call call = bench("edges.cnn", "train");
        assertThat(call.status()).isNotZero();
        assertThat(call.err())
                .contains("`edges` is [2, 6, 6]: no scores of classes", "write a recipe, or use --mode infer");
    }

    @Test
    void whichRecipeDoesNotMatterToInferenceButItsNameDoes() {
        Call any = bench("several.cnn", "infer", "--model", "Two");
        assertThat(any.status()).as(any.transcript()).isZero();
        Call misspelt = bench("several.cnn", "infer", "--model", "Two", "--recipe", "fats");
        assertThat(misspelt.status()).isNotZero();
        assertThat(misspelt.err()).contains("has no recipe `fats`", "did you mean `fast`?");
    }

    private static Call bench(String file, String mode, String... more) {
        Object[] fixed = {
            "bench", CNN + file, "--batch", "8", "--mode", mode, "--seconds", "0.1", "--device", "cpu", "--threads", "1"
        };
        Object[] all = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return Call.of(all);
    }

    private static double number(Call call, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": ([-0-9.eE]+)").matcher(call.out());
        assertThat(matcher.find()).as(name).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
