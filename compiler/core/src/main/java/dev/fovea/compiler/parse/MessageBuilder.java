package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.MessageTemplate;
import dev.fovea.grammar.CnnLexer;
import dev.fovea.grammar.CnnParser;
import dev.fovea.grammar.LabelMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;

/** Builds the messages of {@code assert}: a string is one token, so what stands in its braces is parsed here. */
final class MessageBuilder {

    private final Tree tree;
    private final ExpressionBuilder expressions;

    MessageBuilder(Tree tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
    }

    MessageTemplate build(CnnParser.StringContext context) {
        String source = tree.source().text();
        EscapeReader escapes = new EscapeReader(tree, context);
        List<MessageTemplate.Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int end = EscapeReader.contentEnd(context);
        int textStart = tree.span(context).start() + 1;
        int index = textStart;
        while (index < end) {
            if (source.charAt(index) != '{') {
                index = escapes.read(index, end, text);
                continue;
            }
            addText(parts, text, textStart, index);
            int close = source.indexOf('}', index);
            if (close < 0 || close >= end) {
                unclosed(context, index);
                break;
            }
            Span hole = tree.source().span(index, close + 1);
            hole(context, hole).ifPresent(value -> parts.add(new MessageTemplate.Hole(value, hole)));
            index = close + 1;
            textStart = index;
        }
        addText(parts, text, textStart, Math.max(textStart, index));
        return new MessageTemplate(parts, tree.span(context));
    }

    private void addText(List<MessageTemplate.Part> parts, StringBuilder text, int start, int end) {
        if (text.length() > 0) {
            parts.add(new MessageTemplate.Text(text.toString(), tree.source().span(start, end)));
            text.setLength(0);
        }
    }

    private void unclosed(CnnParser.StringContext context, int index) {
        tree.report(
                context,
                Diagnostic.of(
                                Code.MALFORMED_MESSAGE,
                                tree.source().span(index, index + 1),
                                "expected '}' to close this '{' in the message")
                        .help("a brace that is meant as text is written \\u{7b}"));
    }

    private Optional<Expression> hole(CnnParser.StringContext context, Span span) {
        if (span.text().indexOf('\\') >= 0) {
            tree.report(
                    context,
                    Diagnostic.of(Code.MALFORMED_MESSAGE, span, "a string cannot stand in the braces of a message")
                            .help("give it a name with `let` or `const`"));
            return Optional.empty();
        }
        TextStream inside = new TextStream(tree.source(), span.start() + 1, span.end() - 1);
        CommonTokenStream tokens = LabelMarker.tokens(new CnnLexer(inside));
        tokens.fill();
        new LexicalFaults(tree.source(), tree.log(), false).report(tokens.getTokens());
        NestingParser parser = Parser.parser(tree.source(), tokens, tree.log());
        // Faults inside belong to the declaration around the string.
        parser.setContext(context);
        try {
            return Optional.of(expressions.build(parser.hole().expression()));
        } catch (RecognitionException reported) {
            return Optional.empty();
        }
    }
}
