package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.TypeReference;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import dev.fovea.ops.Attribute;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Signature;
import java.util.Collection;
import java.util.List;

/** What is said about values and arguments. */
final class ValueFaults {
    private ValueFaults() {}

    static Diagnostic.Builder functionWithoutArguments(String name, Span at) {
        return Diagnostic.of(Code.VALUE_TYPE, at, "`" + name + "` is a function and has no value of its own")
                .label("needs its arguments: `" + name + "(…)`");
    }

    static Diagnostic.Builder modelAsValue(String name, Span at) {
        return Diagnostic.of(Code.VALUE_TYPE, at, "`" + name + "` is a model and has no value")
                .label("a model cannot be part of an expression")
                .help("put the layers into a `block`, which both can use");
    }

    static Diagnostic.Builder notACondition(Value value, Span at) {
        return Diagnostic.of(Code.VALUE_TYPE, at, "the condition must be true or false")
                .label("is " + ValueText.described(value));
    }

    static Diagnostic.Builder notCallable(Value value, Span at) {
        return Diagnostic.of(Code.NOT_CALLABLE, at, "this cannot be called").label("is " + ValueText.described(value));
    }

    static Diagnostic.Builder hides(Diagnostic.Builder fault, String name, String hidden) {
        return fault.help("the name `" + name + "` given here hides the " + hidden + " `" + name
                + "`: call one of them something else");
    }

    static Diagnostic.Builder hasArguments(String name, Span at) {
        return Diagnostic.of(Code.NOT_CALLABLE, at, "this stage has its arguments already")
                .label("the stage `" + name + "` can only be applied: `x -> …`");
    }

    static Diagnostic.Builder needsTensor(Value value, Span at) {
        Diagnostic.Builder fault = Diagnostic.of(Code.NEEDS_TENSOR, at, "a tensor is needed here")
                .label("is " + ValueText.described(value));
        if (value instanceof StageValue stage) {
            fault.help("a stage lacks its tensor: `x -> " + stage.name() + "` applies it to `x`");
        }
        return fault;
    }

    static Diagnostic.Builder needsStage(Value value, Span at) {
        Diagnostic.Builder fault =
                Diagnostic.of(Code.NEEDS_STAGE, at, "a stage is needed here").label("is " + ValueText.described(value));
        return fault.help(
                "a stage is an operator, a block or an anonymous block: `relu`, `conv(8, kernel=3)`, `x => …`");
    }

    static Diagnostic.Builder tensorBehindArguments(Span at) {
        return Diagnostic.of(Code.NEEDS_TENSOR, at, "the tensors come first")
                .label("stands behind an argument that is none");
    }

    static Diagnostic.Builder tooManyArguments(Signature signature, String kind, Span at) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.ARGUMENT_COUNT, at, "the " + kind + " `" + signature.name() + "` has too many arguments")
                .label("one too many");
        return fault.help("it takes " + Usage.of(signature));
    }

    static Diagnostic.Builder tooManyArguments(String kind, String name, int most, Span at) {
        return Diagnostic.of(Code.ARGUMENT_COUNT, at, "the " + kind + " `" + name + "` has too many arguments")
                .label("takes " + (most == 0 ? "none" : "at most " + most));
    }

    static Diagnostic.Builder tooFewArguments(String kind, String name, int wanted, int given, Span at) {
        return Diagnostic.of(Code.ARGUMENT_COUNT, at, "the " + kind + " `" + name + "` has too few arguments")
                .label("takes " + wanted + ", is given " + given);
    }

    static Diagnostic.Builder argumentTwice(Identifier name) {
        return Diagnostic.of(Code.ARGUMENT_TWICE, name.span(), "`" + name.name() + "` is given twice")
                .label("has a value already, by its place or its name");
    }

    static Diagnostic.Builder missingArguments(Signature signature, String kind, List<String> missing, Span at) {
        return Diagnostic.of(
                        Code.MISSING_ARGUMENT,
                        at,
                        "the " + kind + " `" + signature.name() + "` needs " + Nearest.list(missing, "and"))
                .label("not given")
                .help("it takes " + Usage.of(signature));
    }

    static Diagnostic.Builder missingParameters(String kind, String name, List<String> missing, Span at) {
        return Diagnostic.of(
                        Code.MISSING_ARGUMENT,
                        at,
                        "the " + kind + " `" + name + "` needs " + Nearest.list(missing, "and"))
                .label("not given");
    }

    static Diagnostic.Builder argumentType(Attribute attribute, Value value, Span at) {
        boolean tooLarge = value instanceof Value.Int number && number.value() != (int) number.value();
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.ARGUMENT_TYPE,
                        at,
                        "`" + attribute.name() + "` must be " + attribute.type().text())
                .label("is " + ValueText.described(value) + (tooLarge ? ", beyond 32 bits" : ""));
        if (attribute.name().equals("bias") && value instanceof Value.Int) {
            fault.help("only the outputs are given, what comes in is known: `dense(10)`");
        }
        if (value instanceof Value.Text word) {
            // Only what stands there as a string can be mended in its place.
            boolean isLiteral = at.text().startsWith("\"");
            Nearest.suggestWord(
                    fault,
                    at,
                    word.value(),
                    attribute.type().choices(),
                    choice -> isLiteral ? "\"" + choice + "\"" : choice);
        }
        return fault;
    }

    static Diagnostic.Builder argumentLimit(Attribute attribute, Value value, Span at) {
        Limit limit = attribute.limit();
        return Diagnostic.of(Code.ARGUMENT_LIMIT, at, "`" + attribute.name() + "` must be " + limit.text())
                .label("is " + ValueText.of(value));
    }

    static Diagnostic.Builder parameterType(String parameter, TypeReference type, Value value, Span at) {
        return Diagnostic.of(Code.ARGUMENT_TYPE, at, "`" + parameter + "` must be " + Types.described(type))
                .label("is " + ValueText.described(value));
    }

    static Diagnostic.Builder resultType(String function, TypeReference type, Value value, Span at) {
        return Diagnostic.of(Code.VALUE_TYPE, at, "`" + function + "` must give " + Types.described(type))
                .label("gives " + ValueText.described(value));
    }

    static Diagnostic.Builder unknownLabel(String label, Attribute attribute, Collection<String> labels, Span at) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_LABEL, at, "no layer in this scope has the label `" + label + "`")
                .label("`" + attribute.name() + "` must be " + attribute.type().text());
        List<String> near = Nearest.help(label, labels);
        near.forEach(fault::help);
        return near.isEmpty()
                ? fault.help("give the layer a label, `" + label + ": …`, in the same body and before this line")
                : fault;
    }

    static Diagnostic.Builder labelForm(String text, Span at) {
        return Diagnostic.of(Code.LABEL_FORM, at, "this cannot be a label")
                .label("comes to `" + text + "`")
                .help("a label is made of letters, digits, `_` and single dots, at most 200 of them");
    }

    static Diagnostic.Builder assertion(String message, String label, Span at) {
        return Diagnostic.of(Code.ASSERTION, at, message).label(label);
    }

    static Diagnostic.Builder unnamed(String function, Identifier name) {
        return Diagnostic.of(
                        Code.UNKNOWN_ARGUMENT, name.span(), "`" + function + "` has no argument `" + name.name() + "`")
                .label("its arguments are given by position");
    }

    static Diagnostic.Builder badCount(Value value, Span at) {
        return Diagnostic.of(Code.VALUE_TYPE, at, "a count must be an int, 0 or more")
                .label("is " + ValueText.described(value));
    }

    static Diagnostic.Builder combinator(String name, String wanted, Span at) {
        return Diagnostic.of(Code.ARGUMENT_COUNT, at, "`" + name + "` takes " + wanted)
                .label("has other arguments");
    }
}
