package dev.fovea.compiler.syntax.print;

import dev.fovea.compiler.syntax.Documentation;
import dev.fovea.compiler.syntax.MessageTemplate;
import dev.fovea.compiler.syntax.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints the bodies of blocks and models, a statement a line. */
final class StatementPrinter {

    private static final String INDENT = "  ";

    private StatementPrinter() {}

    static String body(List<? extends Statement> statements) {
        return statements.stream()
                .map(statement -> SyntaxPrinter.documentation(documentation(statement), INDENT)
                        + SyntaxPrinter.annotations(statement.annotations(), INDENT)
                        + INDENT
                        + print(statement)
                        + "\n")
                .collect(Collectors.joining("", "{\n", "}"));
    }

    private static Optional<Documentation> documentation(Statement statement) {
        if (statement instanceof Statement.Input input) {
            return input.documentation();
        }
        return statement instanceof Statement.Output output ? output.documentation() : Optional.empty();
    }

    private static String print(Statement statement) {
        if (statement instanceof Statement.Input input) {
            return "input " + input.name() + ": " + ExpressionPrinter.print(input.shape());
        }
        if (statement instanceof Statement.Broken) {
            return "// broken";
        }
        if (statement instanceof Statement.Let let) {
            return "let " + let.name() + " = " + ExpressionPrinter.print(let.value());
        }
        if (statement instanceof Statement.Assert assertion) {
            return "assert " + ExpressionPrinter.print(assertion.condition())
                    + assertion.message().map(message -> ", " + print(message)).orElse("");
        }
        if (statement instanceof Statement.Expect expect) {
            return "expect " + ExpressionPrinter.print(expect.quantity()) + " "
                    + expect.comparison().symbol() + " "
                    + ExpressionPrinter.operation(expect.bound())
                    + expect.unit().map(unit -> " " + unit.symbol()).orElse("");
        }
        if (statement instanceof Statement.Output output) {
            return (output.trainOnly() ? "output(train) " : "output ") + output.name() + " = "
                    + ExpressionPrinter.print(output.value());
        }
        Statement.Return result = (Statement.Return) statement;
        return "return " + ExpressionPrinter.print(result.value());
    }

    private static String print(MessageTemplate message) {
        return message.parts().stream()
                .map(part -> part instanceof MessageTemplate.Text text
                        ? Quoting.escape(text.text(), true)
                        : "{" + ExpressionPrinter.print(((MessageTemplate.Hole) part).expression()) + "}")
                .collect(Collectors.joining("", "\"", "\""));
    }
}
