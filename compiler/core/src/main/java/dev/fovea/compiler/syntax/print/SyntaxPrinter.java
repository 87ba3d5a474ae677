package dev.fovea.compiler.syntax.print;

import dev.fovea.compiler.syntax.Annotation;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Documentation;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Import;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.compiler.syntax.SyntaxFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints files and declarations; the other classes of the package print what is in them. */
public final class SyntaxPrinter {

    private SyntaxPrinter() {}

    /** The text of a file; each line ends with LF. */
    public static String print(SyntaxFile file) {
        List<String> paragraphs = new ArrayList<>();
        file.packageName()
                .ifPresent(name -> paragraphs.add(documentation(file.documentation(), "") + "package " + name + "\n"));
        if (!file.imports().isEmpty()) {
            paragraphs.add(file.imports().stream()
                    .map(SyntaxPrinter::print)
                    .map(line -> line + "\n")
                    .collect(Collectors.joining()));
        }
        file.declarations().forEach(declaration -> paragraphs.add(print(declaration)));
        return String.join("\n", paragraphs);
    }

    /** The text of an expression, on one line. */
    public static String print(Expression expression) {
        return ExpressionPrinter.print(expression);
    }

    private static String print(Import imported) {
        if (imported instanceof Import.Everything everything) {
            return "import " + everything.from() + ".*";
        }
        Import.Names names = (Import.Names) imported;
        return names.names().stream()
                .map(name -> name.name()
                        + name.alias().map(alias -> " as " + alias.name()).orElse(""))
                .collect(Collectors.joining(", ", "import " + names.from() + ".{", "}"));
    }

    /** The text of a declaration; each line ends with LF. */
    public static String print(Declaration declaration) {
        String head = documentation(declaration.documentation(), "") + annotations(declaration.annotations(), "");
        return head + body(declaration) + "\n";
    }

    private static String body(Declaration declaration) {
        if (declaration instanceof Declaration.Const constant) {
            return "const " + constant.name() + " = " + print(constant.value());
        }
        if (declaration instanceof Declaration.Function function) {
            return "fun " + function.name() + parameters(function.parameters())
                    + function.returnType().map(type -> ": " + type).orElse("") + " = " + print(function.body());
        }
        if (declaration instanceof Declaration.Block block) {
            return "block " + block.name() + parameters(block.parameters()) + " " + StatementPrinter.body(block.body());
        }
        if (declaration instanceof Declaration.Model model) {
            return "model " + model.name() + parameters(model.parameters()) + " " + StatementPrinter.body(model.body());
        }
        if (declaration instanceof Declaration.ModelInstance instance) {
            return "model " + instance.name() + parameters(instance.parameters()) + " = "
                    + ExpressionPrinter.print(instance.template())
                    + (instance.contracts().isEmpty() ? "" : " " + StatementPrinter.body(instance.contracts()));
        }
        if (declaration instanceof Declaration.Train train) {
            String name = train.name().map(own -> own + ": ").orElse("");
            return "train " + name + train.model() + " " + RecipePrinter.body(train.entries(), "");
        }
        Declaration.Broken broken = (Declaration.Broken) declaration;
        return "// broken: " + broken.kind().word()
                + broken.name().map(name -> " " + name).orElse("");
    }

    private static String parameters(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.name()
                        + parameter.type().map(type -> ": " + type).orElse("")
                        + parameter
                                .defaultValue()
                                .map(value -> " = " + print(value))
                                .orElse(""))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    static String documentation(Optional<Documentation> documentation, String indent) {
        return documentation
                .map(comment -> Arrays.stream(comment.text().split("\n", -1))
                        .map(line -> (indent + "/// " + line).stripTrailing() + "\n")
                        .collect(Collectors.joining()))
                .orElse("");
    }

    static String annotations(List<Annotation> annotations, String indent) {
        return annotations.stream()
                .map(annotation -> indent + "@" + annotation.name()
                        + ExpressionPrinter.optionalArguments(annotation.arguments()) + "\n")
                .collect(Collectors.joining());
    }
}
