package dev.fovea.cli;

import dev.fovea.testkit.GoldenFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a user sees, whole: the golden files are to be read by people. */
class TranscriptTest {
    private static final String STD = "../../stdlib-models/src/main/cnn/std/";
    private static final String CNN = "src/test/resources/dev/fovea/cli/cnn/";

    @TestFactory
    Stream<DynamicTest> transcripts() {
        return Stream.of(
                call("no-command"),
                call("help", "--help"),
                call("help-train", "train", "--help"),
                call("unknown-command", "trian"),
                call("unknown-option", "train", CNN + "lenet.cnn", "--epoch", "3"),
                call("missing-options", "train", CNN + "lenet.cnn"),
                call("malformed-number", "bench", CNN + "lenet.cnn", "--batch", "many", "--mode", "train"),
                call("unknown-mode", "bench", CNN + "lenet.cnn", "--batch", "8", "--mode", "trian"),
                call("batch-of-zero", "bench", CNN + "lenet.cnn", "--batch", "0", "--mode", "train"),
                call(
                        "threads-of-zero",
                        "bench",
                        CNN + "lenet.cnn",
                        "--batch",
                        "1",
                        "--mode",
                        "train",
                        "--threads",
                        "0"),
                call("one-file-too-many", "summary", CNN + "lenet.cnn", CNN + "wrong.cnn"),
                call("missing-file", "summary", "nowhere.cnn"),
                call("check-fine", "check", CNN + "lenet.cnn"),
                call("check-wrong", "check", CNN + "wrong.cnn"),
                call("check-wrong-json", "check", "--format", "json", CNN + "wrong.cnn"),
                call("check-wrong-sarif", "check", "--format", "sarif", CNN + "wrong.cnn"),
                call("check-missing-json", "check", "--format", "json", "nowhere.cnn"),
                call("fmt-check", "fmt", "--check", CNN + "untidy.cnn", CNN + "lenet.cnn"),
                call("fmt-check-fine", "fmt", "--check", CNN + "lenet.cnn"),
                call("fmt-broken", "fmt", CNN + "broken.cnn"),
                call("fmt-missing", "fmt", "nowhere.cnn"),
                call("summary", "summary", CNN + "lenet.cnn", "--batch", "8"),
                call(
                        "summary-folded",
                        "summary",
                        "../../stdlib-models/src/main/cnn/std/resnet.cnn",
                        "--model",
                        "ResNet50",
                        "--batch",
                        "32"),
                call(
                        "summary-depth",
                        "summary",
                        "../../stdlib-models/src/main/cnn/std/resnet.cnn",
                        "--model",
                        "ResNet18",
                        "--depth",
                        "0"),
                call(
                        "summary-remarks",
                        "summary",
                        "../../stdlib-models/src/main/cnn/std/googlenet.cnn",
                        "--model",
                        "GoogLeNet2014"),
                call("summary-plan-alone", "summary", CNN + "lenet.cnn", "--batch", "8", "--device", "none"),
                call("summary-plan-of-no-device", "summary", CNN + "lenet.cnn", "--plan", "--device", "none"),
                call("summary-too-large", "summary", CNN + "lenet.cnn", "--batch", "2000000000", "--depth", "0"),
                call("summary-negative-depth", "summary", CNN + "lenet.cnn", "--depth", "-1"),
                call("diff-edited", "diff", CNN + "lenet.cnn", CNN + "lenet-edited.cnn"),
                call("diff-edited-json", "diff", CNN + "lenet.cnn", CNN + "lenet-edited.cnn", "--format", "json"),
                call("diff-same", "diff", CNN + "lenet.cnn", CNN + "lenet.cnn"),
                call("diff-deeper", "diff", STD + "resnet.cnn#ResNet18", STD + "resnet.cnn#ResNet34"),
                call("diff-bottlenecks", "diff", STD + "resnet.cnn#ResNet18", STD + "resnet.cnn#ResNet50"),
                call("diff-lenets", "diff", STD + "lenet.cnn#LeNet5", STD + "lenet.cnn#CaffeLeNet", "--batch", "64"),
                call("diff-which-model", "diff", STD + "lenet.cnn", CNN + "lenet.cnn"),
                call("diff-unknown-model", "diff", STD + "resnet.cnn#ResNet118", CNN + "lenet.cnn"),
                call("check-one-of-several", "check", CNN + "several.cnn", "--model", "Two"),
                call("check-unknown-model", "check", CNN + "several.cnn", "--model", "Tow"),
                call("graph-dot", "graph", CNN + "mixed.cnn", "--format", "dot"),
                call("graph-mermaid", "graph", CNN + "mixed.cnn", "--format", "mermaid"),
                call("graph-svg", "graph", CNN + "lenet.cnn"),
                call("graph-several", "graph", CNN + "several.cnn"),
                call("summary-json", "summary", CNN + "lenet.cnn", "--format", "json"),
                call(
                        "summary-plan",
                        "summary",
                        STD + "resnet.cnn",
                        "--model",
                        "ResNet18",
                        "--batch",
                        "8",
                        "--depth",
                        "1",
                        "--plan"),
                call("summary-plan-json", "summary", CNN + "lenet.cnn", "--plan", "--format", "json"),
                call("summary-parameter", "summary", CNN + "lenet.cnn", "-p", "classes=5"),
                call("summary-unknown-parameter", "summary", CNN + "lenet.cnn", "-p", "clases=3"),
                call("summary-several", "summary", CNN + "several.cnn"),
                call("summary-several-json", "summary", CNN + "several.cnn", "--format", "json"),
                call("summary-one-of-several", "summary", CNN + "several.cnn", "--model", "Two"),
                call("summary-train-only", "summary", CNN + "heads.cnn"),
                call("summary-train-only-json", "summary", CNN + "heads.cnn", "--format", "json"),
                call("summary-template", "summary", CNN + "template.cnn"),
                call("summary-template-with-value", "summary", CNN + "template.cnn", "-p", "units=2"),
                call("summary-of-wrong", "summary", CNN + "wrong.cnn"),
                call("unknown-model", "summary", CNN + "several.cnn", "--model", "Three"),
                call("several-models", "bench", CNN + "several.cnn", "--batch", "1", "--mode", "infer"),
                call("unknown-recipe", "train", CNN + "lenet.cnn", "--recipe", "slow", "--data", "x", "--out", "y"),
                call("no-recipe", "train", CNN + "heads.cnn", "--data", "x", "--out", "y"),
                call("no-class-target", "train", CNN + "several.cnn", "--model", "Two", "--data", "x", "--out", "y"),
                call("missing-data", "train", CNN + "lenet.cnn", "--data", "nowhere", "--out", "y"),
                call("data-without-pictures", "train", CNN + "lenet.cnn", "--data", "src", "--out", "y"),
                call("missing-weights", "test", CNN + "lenet.cnn", "--weights", "no.safetensors", "--data", "src"),
                call("predict-no-picture", "predict", CNN + "lenet.cnn", "--weights", "no.safetensors"),
                call("predict-of-numbers", "predict", CNN + "heads.cnn", "--weights", "no.safetensors", "a.png"),
                call(
                        "predict-unknown-output",
                        "predict",
                        CNN + "lenet.cnn",
                        "--output",
                        "x",
                        "--weights",
                        "w",
                        "a.png"),
                call("eval-missing-input", "eval", CNN + "lenet.cnn", "--in", "no.safetensors", "--out", "y"),
                call("explain", "explain", "CNN0301"),
                call("explain-unknown", "explain", "CNN9999"));
    }

    private static DynamicTest call(String name, String... arguments) {
        return DynamicTest.dynamicTest(name, () -> GoldenFile.of(TranscriptTest.class, "transcripts/" + name + ".txt")
                .check(Call.of((Object[]) arguments).transcript()));
    }
}
