package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Documentation;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.grammar.CnnLexer;
import dev.fovea.grammar.CnnParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * What every builder needs to know of the parse tree: places, names, comments, and where to report.
 *
 * @param source the file
 * @param tokens its tokens
 * @param log where faults are reported
 */
record Tree(SourceFile source, CommonTokenStream tokens, FaultLog log) {

    private static final String SLASHES = "///";

    Span span(ParserRuleContext context) {
        return span(context.getStart(), context.getStop());
    }

    Span span(Token token) {
        return span(token, token);
    }

    Span span(Token first, Token last) {
        int start = first.getStartIndex();
        return source.span(start, Math.max(start, last.getStopIndex() + 1));
    }

    /** The words from one token to another, inclusive, that can be names. */
    Set<String> words(Token first, Token last) {
        Set<String> words = new LinkedHashSet<>();
        for (int i = first.getTokenIndex(); i <= last.getTokenIndex(); i++) {
            Token token = tokens.get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL && TokenWords.isName(token.getType())) {
                words.add(token.getText());
            }
        }
        return words;
    }

    Identifier identifier(CnnParser.IdentifierContext context) {
        return new Identifier(context.getText(), span(context));
    }

    /** Reports a fault of a part of the tree. */
    void report(ParserRuleContext context, Diagnostic.Builder fault) {
        log.report(context, fault);
    }

    /** Reports commas of a list that have no element in front of them. */
    void checkCommas(ParserRuleContext list) {
        boolean afterComma = false;
        for (ParseTree child : list.children) {
            boolean comma =
                    child instanceof TerminalNode leaf && leaf.getSymbol().getType() == CnnParser.COMMA;
            if (comma && afterComma) {
                Span span = span(((TerminalNode) child).getSymbol());
                report(list, Diagnostic.of(Code.EXPECTED_EXPRESSION, span, "expected an element before ','"));
            }
            afterComma = comma;
        }
    }

    /**
     * The documentation comment in front of a declaration, among and before its annotations.
     *
     * @param first its first token
     * @param keyword the keyword that opens it
     */
    Optional<Documentation> documentation(Token first, Token keyword) {
        int from = first.getTokenIndex() - 1;
        while (from >= 0 && tokens.get(from).getChannel() != Token.DEFAULT_CHANNEL) {
            from--;
        }
        // What stands behind something on its line speaks of that.
        int taken = from < 0 ? 0 : tokens.get(from).getLine();
        List<Token> lines = new ArrayList<>();
        for (int i = from + 1; i < keyword.getTokenIndex(); i++) {
            Token token = tokens.get(i);
            if (token.getChannel() == CnnLexer.DOCUMENTATION && token.getLine() != taken) {
                lines.add(token);
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String text =
                lines.stream().map(line -> documentationText(line.getText())).collect(Collectors.joining("\n"));
        return Optional.of(new Documentation(text, span(lines.get(0), lines.get(lines.size() - 1))));
    }

    private static String documentationText(String comment) {
        String text = comment.substring(SLASHES.length());
        return (text.startsWith(" ") ? text.substring(1) : text).stripTrailing();
    }
}
