package dev.fovea.compiler.check;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.LabelPath;
import dev.fovea.compiler.syntax.RecipeEntry;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Augmentation;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What is said about recipes. */
final class RecipeFaults {
    /** So many names are a help; more are a wall of text. */
    private static final int LISTED = 8;

    private RecipeFaults() {}

    static Diagnostic.Builder ofTemplate(Identifier model, List<String> missing) {
        return Diagnostic.of(
                        Code.RECIPE_FOR_TEMPLATE,
                        model.span(),
                        "`" + model.name() + "` is a template and cannot be trained")
                .label("has no value for " + Nearest.list(missing, "and"))
                .help("name an instance of it: `model Mine = " + model.name() + "(…)`, then `train Mine { … }`");
    }

    static Diagnostic.Builder unknown(Identifier name, String kind, Collection<String> known) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_INGREDIENT, name.span(), "there is no " + kind + " `" + name.name() + "`")
                .label("no such " + kind);
        if (!Nearest.suggest(fault, name.span(), name.name(), known)) {
            fault.help("there are " + Nearest.list(List.copyOf(known), "and"));
        }
        return fault;
    }

    static Diagnostic.Builder unknownFigure(String name, Span at, List<String> known) {
        Diagnostic.Builder fault = Diagnostic.of(Code.UNKNOWN_INGREDIENT, at, "the phase measures no `" + name + "`")
                .label("neither \"loss\" nor a metric of this phase");
        Nearest.suggestWord(fault, at, name, known, word -> "\"" + word + "\"");
        return fault.help("it measures " + Nearest.list(known, "and") + "; `metric` adds to them");
    }

    static Diagnostic.Builder unknownLoss(Expression.Name name, List<String> losses) {
        return unknown(new Identifier(name.name(), name.span()), "loss", losses);
    }

    static Diagnostic.Builder unknownTensor(String name, Span at, Collection<String> known) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_INGREDIENT, at, "there is no output, input or target `" + name + "`")
                .label("not in this model or recipe");
        if (!Nearest.suggest(fault, at, name, known) && known.size() <= LISTED) {
            fault.help("there are " + Nearest.list(List.copyOf(known), "and"));
        }
        return fault;
    }

    static Diagnostic.Builder unknownLayer(LabelPath path, Collection<String> known) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_LAYER, path.span(), "there is no layer `" + path + "` with parameters")
                .label("no parameter's name begins so");
        if (!Nearest.suggest(fault, path.span(), path.text(), known) && known.size() <= LISTED) {
            fault.help("there are " + Nearest.list(List.copyOf(known), "and"));
        }
        return fault;
    }

    static Diagnostic.Builder nothingToFill(LabelPath path) {
        return Diagnostic.of(Code.UNKNOWN_LAYER, path.span(), "`" + path + "` has no weight that an initialiser fills")
                .label("neither a convolution nor a dense layer")
                .help("biases and norms always begin as PyTorch's; name layers that take `init`");
    }

    static Diagnostic.Builder unknownInput(Identifier name, Collection<String> known) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_INGREDIENT, name.span(), "the model has no input `" + name.name() + "`")
                .label("not an input");
        if (!Nearest.suggest(fault, name.span(), name.name(), known)) {
            fault.help("its inputs are " + Nearest.list(List.copyOf(known), "and"));
        }
        return fault;
    }

    static Diagnostic.Builder afterMixing(Augmentation step, Span at) {
        String name = step.def().name();
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.AUGMENTATION_FIT, at, "the samples of a batch are mixed when each of them is ready")
                .label("comes after `mixup`");
        return fault.help(
                step.mixesSamples() ? "mix once" : "let `mixup` be the last step: `-> " + name + " -> mixup`");
    }

    static Diagnostic.Builder mixedOtherwise(Span at) {
        return Diagnostic.of(Code.AUGMENTATION_FIT, at, "the inputs of a sample are mixed alike")
                .label("another alpha than that of an input before")
                .help("give both the same alpha: they, and the targets, are mixed by one share");
    }

    static Diagnostic.Builder entryTwice(RecipeEntry entry, RecipeEntry first) {
        return Diagnostic.of(Code.ENTRY_TWICE, entry.span(), "there are two entries `" + word(entry) + "`")
                .label("the second one")
                .related(first.span(), "the first one");
    }

    static Diagnostic.Builder targetTwice(Identifier name, Span first) {
        return Diagnostic.of(Code.ENTRY_TWICE, name.span(), "there are two targets `" + name.name() + "`")
                .label("the second one")
                .related(first, "the first one");
    }

    static Diagnostic.Builder targetNamedAsTensor(Identifier name) {
        return Diagnostic.of(Code.ENTRY_TWICE, name.span(), "`" + name.name() + "` already names a tensor of the model")
                .label("the name is taken")
                .help("call the target something else");
    }

    static Diagnostic.Builder targetInPhase(RecipeEntry.Target target) {
        return Diagnostic.of(Code.ENTRY_PLACE, target.span(), "a target belongs to the whole recipe")
                .label("stands in a phase")
                .help("put it before the phases: the data set delivers it to all of them");
    }

    static Diagnostic.Builder missing(List<String> entries, Identifier where) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.RECIPE_INCOMPLETE, where.span(), "the recipe lacks " + Nearest.list(entries, "and"))
                .label("has none");
        if (entries.contains("loss")) {
            fault.help("say what is to become small: `loss cross_entropy(logits, label)`");
        }
        if (entries.contains("optimizer")) {
            fault.help("say how: `optimizer sgd(lr=0.1, momentum=0.9)`");
        }
        return fault;
    }

    static Diagnostic.Builder phaseTwice(Identifier name, Span first) {
        return Diagnostic.of(Code.ENTRY_TWICE, name.span(), "there are two phases `" + name.name() + "`")
                .label("the second one")
                .related(first, "the first one");
    }

    static Diagnostic.Builder lossForm(Span at) {
        return Diagnostic.of(Code.LOSS_FORM, at, "a loss is a sum of losses and constant multiples of them")
                .label("neither a loss nor a constant multiple of one")
                .help("for example `cross_entropy(logits, label) + 0.3 * cross_entropy(aux, label)`");
    }

    static Diagnostic.Builder lossWeight(Value value, Span at) {
        return Diagnostic.of(Code.LOSS_FORM, at, "the weight of a loss must be a number other than 0")
                .label("is " + ValueText.described(value));
    }

    static Diagnostic.Builder lossTensors(OpDef<?> def, Span at) {
        String wanted = def.inputs().size() == 1 ? "`" + def.inputs().get(0) + "`" : Nearest.list(def.inputs(), "and");
        return Diagnostic.of(Code.MISSING_ARGUMENT, at, "the loss `" + def.name() + "` needs " + wanted)
                .label("not given")
                .help("for example `" + def.name() + "(" + String.join(", ", def.inputs()) + ")`");
    }

    static Diagnostic.Builder metricTensors(String name, Span at) {
        return Diagnostic.of(Code.MISSING_ARGUMENT, at, "the metric `" + name + "` needs a prediction and a target")
                .label("not given")
                .help("for example `" + name + "(logits, label)`");
    }

    static Diagnostic.Builder targetAsPrediction(Span at) {
        return Diagnostic.of(Code.PREDICTION, at, "a prediction of the model is needed here")
                .label("`" + at.text() + "` is a target")
                .help("the prediction comes first, what it is compared with second");
    }

    static Diagnostic.Builder needsTensor(Value value, Span at) {
        return Diagnostic.of(Code.PREDICTION, at, "a prediction of the model is needed here")
                .label("is " + ValueText.described(value));
    }

    static Diagnostic.Builder needsName(Span at) {
        return Diagnostic.of(Code.PREDICTION, at, "the name of an output, input or target is needed here")
                .label("is an expression")
                .help("compute it in the model and give it a name there");
    }

    static Diagnostic.Builder needsTarget(Span at, Collection<String> targets) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.LOSS_TARGET, at, "a target or an input of the model is needed here")
                .label("is neither");
        return targets.isEmpty()
                ? fault.help("declare one: `target label: class(10)`")
                : fault.help("the targets are " + Nearest.list(List.copyOf(targets), "and"));
    }

    static Diagnostic.Builder needsClasses(String loss, String target, Shape prediction, Span at) {
        return Diagnostic.of(Code.LOSS_TARGET, at, "`" + loss + "` compares with classes")
                .label("`" + target + "` holds no classes but plain numbers")
                .help("declare the target as `class(" + prediction.channels() + ")`");
    }

    static Diagnostic.Builder needsNumbers(String metric, String target, Shape prediction, Span at) {
        return Diagnostic.of(Code.LOSS_TARGET, at, "`" + metric + "` compares with numbers")
                .label("`" + target + "` holds classes")
                .help("declare a target of the prediction's shape, `" + prediction
                        + "`; of classes measure `accuracy`");
    }

    static Diagnostic.Builder classCount(String target, int classes, Shape prediction, String origin, Span at) {
        int channels = prediction.channels();
        return Diagnostic.of(Code.CLASS_COUNT, at, "the number of classes is not the size of the prediction")
                .label("`" + target + "` has " + classes + " classes, the prediction tells apart " + channels)
                .note("prediction: " + origin)
                .help("declare the target as `class(" + channels + ")`, or give the last layer " + classes
                        + " outputs");
    }

    static Diagnostic.Builder softmaxBeforeLoss(String loss, OpNode layer, Span at) {
        return Diagnostic.of(
                        Code.SOFTMAX_BEFORE_LOSS,
                        at,
                        "`" + loss + "` is given the output of `" + layer.op().name() + "`")
                .label("applies a softmax itself, so there are two of them")
                .related(layer.span(), "the other one")
                .help("let the model end with the logits; the largest logit is the largest probability");
    }

    static Diagnostic.Builder trainOnlyMetric(String output, Span at) {
        return Diagnostic.of(Code.PREDICTION, at, "a metric cannot read a train-only output")
                .label("`" + output + "` does not exist when the model is tested");
    }

    /** A prediction that is compared with an input of the model, whose shape is given. */
    static Diagnostic.Builder unlikeInput(Misfit misfit, Shape input, Span at) {
        String layers = "dense(" + input.size() + ")" + (input.rank() == 1 ? "" : " -> reshape(" + input + ")");
        Misfit other = new Misfit(
                misfit.code(),
                misfit.message(),
                misfit.label(),
                List.of("what is to become like the input needs its shape: end it with `" + layers + "`"));
        return misfit(other, at);
    }

    static Diagnostic.Builder misfit(Misfit misfit, Span at) {
        Code code = Code.of(misfit.code())
                .orElseThrow(() -> new IllegalStateException(misfit.code() + " is not in the catalogue"));
        Diagnostic.Builder fault = Diagnostic.of(code, at, misfit.message()).label(misfit.label());
        misfit.help().forEach(fault::help);
        return fault;
    }

    static Diagnostic.Builder precision(Identifier type) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_INGREDIENT, type.span(), "there is no precision `" + type.name() + "`")
                .label("unknown");
        if (!Nearest.suggest(fault, type.span(), type.name(), List.of("float32"))) {
            fault.help("computations are in `float32`");
        }
        return fault;
    }

    static Diagnostic.Builder noParameterTrained(Identifier where) {
        return Diagnostic.of(Code.EVERYTHING_FROZEN, where.span(), "nothing is left to train")
                .label("every parameter is frozen");
    }

    private static String word(RecipeEntry entry) {
        return entry.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
