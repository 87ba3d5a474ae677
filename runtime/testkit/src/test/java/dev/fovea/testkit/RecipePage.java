package dev.fovea.testkit;

import dev.fovea.ops.Attribute;
import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Initializers;
import dev.fovea.ops.Registry;
import dev.fovea.ops.Signature;
import dev.fovea.ops.recipe.MeanAbsoluteError;
import dev.fovea.ops.recipe.Recipes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The page of one kind of things that a recipe can name.
 *
 * @param file its name
 * @param title its heading
 * @param introduction what is common to all
 * @param registry all of them
 * @param example a file that uses one, given its call
 */
record RecipePage(
        String file, String title, String introduction, Registry<?> registry, Function<String, String> example) {
    private static final String MODEL = """
            model Example {
              input image: [3, 32, 32]
              output logits = image -> conv(8, kernel=3, padding=1) -> relu -> global_avgpool -> dense(10)
            }

            train Example {
              target label: class(10)
              loss cross_entropy(logits, label)
            """;

    /** What examples say for arguments that must be given, where the kind of the argument tells too little. */
    private static final Map<String, String> VALUES = Map.of(
            "every_epochs", "10",
            "gamma", "0.9",
            "degrees", "15",
            "size", "32",
            "translate", "0.1",
            "std", "[0.25]");

    static List<RecipePage> all() {
        return List.of(
                new RecipePage(
                        "optimizers",
                        "Optimizers",
                        "What moves the weights. With g the gradient; unless it is said otherwise `weight_decay` is added to it,"
                                + " times the weight. The schedule moves `lr`.",
                        Recipes.OPTIMIZERS,
                        call -> MODEL + "  optimizer " + call + "\n}\n"),
                new RecipePage(
                        "schedules",
                        "Schedules",
                        "How the optimizer's learning rate moves from step to step. Each may begin with epochs in which the rate"
                                + " rises from 0.",
                        Recipes.SCHEDULES,
                        call -> MODEL + "  optimizer sgd(lr=0.1)\n  schedule " + call + "\n  epochs 30\n}\n"),
                new RecipePage(
                        "augmentations",
                        "Augmentations",
                        "What is done to a picture before it reaches the network. Random changes are made only while training.",
                        Recipes.AUGMENTATIONS,
                        call -> MODEL + "  optimizer sgd(lr=0.1)\n  augment image -> " + call + "\n}\n"),
                new RecipePage(
                        "metrics",
                        "Metrics",
                        "Figures of merit beside the loss. Each takes the prediction and the target before its own arguments.",
                        Recipes.METRICS,
                        RecipePage::metricExample),
                new RecipePage(
                        "layerwise",
                        "Layer-wise methods",
                        "What `layerwise METHOD on LAYERS` trains single layers by, without labels, each with a way back from its"
                                + " output to what it reads. The loss is the error of what comes back, summed over the elements of a"
                                + " sample, its mean over the batch. `visible=bernoulli` takes elements for probabilities, from 0 to 1,"
                                + " which come back through a sigmoid; auto-encoders compare them by cross entropy. `visible=gaussian` takes"
                                + " them for numbers, compared by the squared distance, as a Boltzmann machine's always are.",
                        Recipes.LAYERWISE,
                        RecipePage::layerwiseExample),
                new RecipePage(
                        "initializers",
                        "Initialisers",
                        "What fills a weight before training: the `init` of an operator. Where none is given it is PyTorch's for"
                                + " that operator. The fan in of a convolution is C/groups·kh·kw.",
                        Initializers.REGISTRY,
                        call ->
                                "model Example {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, kernel=3, init="
                                        + call + ")\n}\n"));
    }

    /** Distances are of values, all others of classes. */
    private static String metricExample(String call) {
        boolean values = call.startsWith(MeanAbsoluteError.DEF.signature().name());
        String model =
                values ? MODEL.replace("label: class(10)", "label: [10]").replace("cross_entropy", "mse") : MODEL;
        return model + "  optimizer sgd(lr=0.1)\n  metric " + withTensors(call) + "\n}\n";
    }

    private static String layerwiseExample(String call) {
        return """
                model Example {
                  input image: [784]
                  output logits = image -> enc: dense(100) -> sigmoid -> head: dense(10)
                }

                train Example {
                  target label: class(10)
                  phase pretrain {
                    layerwise %s on enc
                    optimizer sgd(lr=0.05)
                  }
                  phase finetune {
                    loss cross_entropy(logits, label)
                    optimizer sgd(lr=0.1)
                  }
                }
                """.formatted(call);
    }

    private static String withTensors(String call) {
        return call.endsWith(")") ? call.replaceFirst("\\(", "(logits, label, ") : call + "(logits, label)";
    }

    String text() {
        StringBuilder text =
                new StringBuilder("<!-- Generated from the definitions; regenerate with -Dgolden.update=true. -->\n# "
                        + title + "\n\n" + introduction + "\n");
        registry.all().forEach(def -> append(def, text));
        return text.toString();
    }

    private void append(Def<?> def, StringBuilder text) {
        Signature signature = def.signature();
        String summary = signature.summary();
        text.append("\n## `" + def.name() + "`\n\n" + summary.substring(0, 1).toUpperCase(Locale.ROOT)
                + summary.substring(1) + ".\n\n```\n" + AttributeTable.call(signature, List.of()) + "\n```\n");
        AttributeTable.append(signature, text);
        if (!def.notes().isEmpty()) {
            text.append("\n" + def.notes() + "\n");
        }
        text.append("\n```cnn\n" + example.apply(call(signature)) + "```\n");
    }

    /** A call with the arguments that must be given. */
    private static String call(Signature signature) {
        String arguments = signature.attributes().stream()
                .filter(Attribute::isRequired)
                .map(attribute -> attribute.name() + "=" + value(attribute))
                .collect(Collectors.joining(", "));
        return arguments.isEmpty() ? signature.name() : signature.name() + "(" + arguments + ")";
    }

    private static String value(Attribute attribute) {
        if (VALUES.containsKey(attribute.name())) {
            return VALUES.get(attribute.name());
        }
        AttributeType type = attribute.type();
        if (type.equals(AttributeType.INTS)) {
            return "[10, 20]";
        }
        return type.equals(AttributeType.FLOATS) ? "[0.5]" : type.equals(AttributeType.INT) ? "4" : "0.1";
    }
}
