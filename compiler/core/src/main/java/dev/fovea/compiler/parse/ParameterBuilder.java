package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.compiler.syntax.TypeReference;
import dev.fovea.grammar.CnnParser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds parameters and types. */
final class ParameterBuilder {

    /** What those who come from elsewhere call our types. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "integer", "int",
            "long", "int",
            "double", "float",
            "float32", "float",
            "number", "float",
            "boolean", "bool",
            "str", "string",
            "String", "string");

    private final Tree tree;
    private final ExpressionBuilder expressions;

    ParameterBuilder(Tree tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
    }

    /** The parameters of a block: tensors, then the others. */
    List<Parameter> ofBlock(CnnParser.ParametersContext context) {
        List<Parameter> parameters = build(context);
        boolean typed = false;
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (!parameter.isTensor()) {
                typed = true;
            } else if (parameter.defaultValue().isPresent()) {
                missingType(context.parameter(i), parameter, "a parameter with a default needs a type");
            } else if (typed) {
                missingType(
                        context.parameter(i),
                        parameter,
                        "`" + parameter.name() + "` needs a type, or a place in front");
            }
        }
        return parameters;
    }

    /**
     * Parameters that all need a type.
     *
     * @param owner what they belong to, such as {@code model}
     */
    List<Parameter> typed(CnnParser.ParametersContext context, String owner) {
        List<Parameter> parameters = build(context);
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).isTensor()) {
                missingType(
                        context.parameter(i),
                        parameters.get(i),
                        "the parameter `" + parameters.get(i).name() + "` of a " + owner + " needs a type");
            }
        }
        return parameters;
    }

    private void missingType(CnnParser.ParameterContext context, Parameter parameter, String message) {
        tree.report(
                context,
                Diagnostic.of(Code.MISTYPED_PARAMETER, parameter.name().span(), message)
                        .note("types: int, float, bool, string, block, and lists of them such as [int]")
                        .help("only the tensors that a block takes first have no type"));
    }

    private List<Parameter> build(CnnParser.ParametersContext context) {
        tree.checkCommas(context);
        return context.parameter().stream().map(this::parameter).toList();
    }

    private Parameter parameter(CnnParser.ParameterContext context) {
        return new Parameter(
                tree.identifier(context.identifier()),
                Optional.ofNullable(context.type()).map(this::type),
                Optional.ofNullable(context.expression()).map(expressions::build),
                tree.span(context));
    }

    /** A type. */
    TypeReference type(CnnParser.TypeContext context) {
        if (context instanceof CnnParser.ListTypeContext list) {
            return new TypeReference.ListOf(type(list.type()), tree.span(context));
        }
        Optional<TypeReference.Kind> kind = TypeReference.Kind.of(context.getText());
        if (kind.isEmpty()) {
            unknown(context);
        }
        return new TypeReference.Simple(kind.orElse(TypeReference.Kind.INT), tree.span(context));
    }

    private void unknown(CnnParser.TypeContext context) {
        String written = context.getText();
        List<String> words = Arrays.stream(TypeReference.Kind.values())
                .map(TypeReference.Kind::word)
                .toList();
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_TYPE, tree.span(context), "there is no type `" + written + "`")
                .note("types: int, float, bool, string, block, and lists of them such as [int]");
        Optional.ofNullable(ELSEWHERE.get(written))
                .or(() -> NearestWord.among(words, written))
                .ifPresent(near -> fault.fix(tree.span(context), near, "did you mean `" + near + "`?"));
        if (written.equalsIgnoreCase("tensor")) {
            fault.help("a tensor is a parameter of a block, in front and without a type");
        }
        tree.report(context, fault);
    }
}
