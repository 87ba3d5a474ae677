package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Fix;
import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.resolve.Library;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every kind of name, misspelt by a letter: what was meant is offered, and the fault is the only one. */
class MisspeltNamesTest {
    private static final Library LIBRARY =
            Library.of(Map.of("std.parts", "package std.parts block Basic(x) { return x -> relu }"));

    /** What is misspelt in a text. */
    private record Case(String kind, String wrong, String meant, String text) {}

    private static Case body(String kind, String wrong, String meant, String statements) {
        return new Case(
                kind, wrong, meant, "model Net { input image: [3, 8, 8] " + statements + " output y = image -> relu }");
    }

    private static Case layer(String kind, String wrong, String meant, String layers) {
        return new Case(kind, wrong, meant, "model Net { input image: [3, 8, 8] output y = image -> " + layers + " }");
    }

    private static Case recipe(String kind, String wrong, String meant, String entry) {
        String optimizer = entry.contains("optimizer") ? "" : "optimizer sgd(lr=0.1) ";
        String loss = entry.contains("loss ") ? "" : "loss cross_entropy(logits, label) ";
        String epochs = entry.contains("epochs ") || entry.contains("phase") ? "" : "batch 8 epochs 5 ";
        return new Case(
                kind,
                wrong,
                meant,
                "model Net { input image: [1, 8, 8] output logits = image -> flatten -> hidden: dense(9) -> relu"
                        + " -> last: dense(3) } train Net { target label: class(3) " + loss + optimizer + epochs + entry
                        + " }");
    }

    private static List<Case> cases() {
        return List.of(
                layer("operator", "maxpol", "maxpool", "maxpol(2)"),
                layer("argument", "paddin", "padding", "conv(8, kernel=3, paddin=1)"),
                layer("argument of an activation", "slop", "slope", "leaky_relu(slop=0.1)"),
                body("layer or value", "imag", "image", "let _a = imag -> relu"),
                body("member", "hight", "height", "assert image.hight == 8, \"no\""),
                new Case(
                        "package",
                        "std.part",
                        "std.parts",
                        "import std.part.{Basic} " + "model N { input x: [1, 2, 2] output y = x -> relu }"),
                new Case(
                        "imported name",
                        "Basik",
                        "Basic",
                        "import std.parts.{Basik} " + "model N { input x: [1, 2, 2] output y = x -> relu }"),
                new Case(
                        "block",
                        "Resudual",
                        "Residual",
                        "block Residual(x) { return x -> relu } model N { input x: [1, 2, 2] output y = x -> Resudual }"),
                new Case(
                        "template",
                        "Templat",
                        "Template",
                        "model Template(n: int) { input x: [1] output y = x -> dense(n) } model M = Templat(3)"),
                new Case(
                        "model of a recipe",
                        "Nett",
                        "Net",
                        "model Net { input x: [1] output y = x -> dense(3) } train Nett { target t: [3] loss mse(y, t) optimizer sgd(lr=0.1) batch 1 epochs 1 }"),
                new Case(
                        "argument of a block",
                        "depht",
                        "depth",
                        "block B(x, depth: int) { return x -> repeat(depth, relu) } model N { input x: [1, 2, 2] output y = x -> B(depht=3) }"),
                new Case(
                        "constant",
                        "GROWHT",
                        "GROWTH",
                        "const GROWTH = 4 model N { input x: [1, 2, 2] output y = x -> conv(GROWHT, kernel=1) }"),
                new Case(
                        "function",
                        "doubel",
                        "double",
                        "fun double(n: int) : int = 2 * n model N { input x: [1, 2, 2] output y = x -> conv(doubel(2), kernel=1) }"),
                new Case(
                        "built-in function",
                        "flor",
                        "floor",
                        "model N { input x: [1, 2, 2] output y = x -> conv(flor(2.5), kernel=1) }"),
                new Case(
                        "type",
                        "flaot",
                        "float",
                        "fun f(v: flaot) : int = 1 const A = f(1.0) model N { input x: [A, 2, 2] output y = x -> relu }"),
                layer("padding's word", "\"sme\"", "same", "conv(8, kernel=3, padding=\"sme\")"),
                layer("padding mode", "\"reflct\"", "reflect", "conv(8, kernel=3, padding=1, padding_mode=\"reflct\")"),
                layer("rounding", "\"flor\"", "floor", "conv(8, kernel=3, round=\"flor\")"),
                layer("upsampling", "\"biliner\"", "bilinear", "upsample(2, mode=\"biliner\")"),
                layer("axis", "chanels", "channels", "slice(0, 1, axis=chanels)"),
                layer("initialiser", "he_norml", "he_normal", "conv(8, kernel=3, init=he_norml)"),
                layer("label of a pool", "pol1", "pool1", "pool1: maxpool(2) -> conv(3, kernel=1) -> max_unpool(pol1)"),
                layer("label of a tied layer", "enc2", "enc1", "flatten -> enc1: dense(9) -> dense(192, tied_to=enc2)"),
                body("annotation", "@alow", "allow", "@alow(unread_rows) let _a = image -> relu"),
                body("warning", "unred_rows", "unread_rows", "@allow(unred_rows) let _a = image -> relu"),
                new Case(
                        "rounding of a model",
                        "exat",
                        "exact",
                        "@round(\"exat\") model N { input x: [1, 2, 2] output y = x -> relu }"),
                body("contract", "paramters", "parameters", "expect paramters == 0"),
                body("contract's mode", "trian", "train", "expect memory(trian, batch=1) <= 1 GiB"),
                body("contract's tensor", "imag", "image", "expect receptive_field(imag) >= 1"),
                body("unit", "Gib", "GiB", "expect memory(train, batch=1) <= 1 Gib"),
                recipe("entry", "metrc", "metric", "metrc accuracy(logits, label)"),
                recipe("loss", "cross_entrop", "cross_entropy", "loss cross_entrop(logits, label)"),
                recipe(
                        "argument of a loss",
                        "label_smoothin",
                        "label_smoothing",
                        "loss cross_entropy(logits, label, label_smoothin=0.1)"),
                recipe("output in a loss", "logit", "logits", "loss cross_entropy(logit, label)"),
                recipe("target", "lable", "label", "loss cross_entropy(logits, lable)"),
                recipe("optimizer", "admw", "adamw", "optimizer admw(lr=0.1)"),
                recipe("argument of an optimizer", "momentm", "momentum", "optimizer sgd(lr=0.1, momentm=0.9)"),
                recipe("schedule", "cosin", "cosine", "schedule cosin"),
                recipe("argument of a schedule", "gama", "gamma", "schedule step(every_epochs=1, gama=0.5)"),
                recipe("augmentation", "shft", "shift", "augment image -> shft(1)"),
                recipe("argument of an augmentation", "paddng", "padding", "augment image -> random_crop(8, paddng=1)"),
                recipe("input", "imge", "image", "augment imge -> shift(1)"),
                recipe("metric", "acuracy", "accuracy", "metric acuracy(logits, label)"),
                recipe("argument of a metric", "kk", "k", "metric top_k(logits, label, kk=2)"),
                recipe("frozen layer", "hiden", "hidden", "freeze hiden"),
                recipe("clipping", "nrm", "norm", "clip nrm(1.0)"),
                recipe("precision", "float3", "float32", "precision float3"),
                recipe("phase", "phas", "phase", "phas warm { epochs 1 }"),
                recipe(
                        "layer-wise training",
                        "autoencodr",
                        "autoencoder",
                        "phase p { layerwise autoencodr on hidden epochs 1 } phase q { epochs 1 }"),
                recipe(
                        "layer of layer-wise training",
                        "hiddn",
                        "hidden",
                        "phase p { layerwise autoencoder on hiddn epochs 1 } phase q { epochs 1 }"));
    }

    private static List<String> offers(Diagnostic fault) {
        return Stream.concat(fault.help().stream(), fault.fixes().stream().map(Fix::description))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> eachIsOfferedWhatWasMeant() {
        return cases().stream()
                .map(one -> DynamicTest.dynamicTest(one.kind() + " " + one.wrong(), () -> {
                    List<Diagnostic> found = Checks.check("test.cnn", one.text(), LIBRARY, Map.of())
                            .diagnostics();
                    String shown = TextRenderer.plain().render(found);
                    assertThat(found).as(shown).anySatisfy(fault -> assertThat(offers(fault))
                            .anyMatch(help -> help.startsWith("did you mean")
                                    && (help.contains("`" + one.meant() + "`")
                                            || help.contains("`\"" + one.meant() + "\"`"))));
                    assertThat(found).as(shown).hasSize(1);
                }));
    }
}
