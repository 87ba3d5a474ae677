package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.syntax.DeepStack;
import dev.fovea.compiler.syntax.SyntaxFile;
import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.grammar.CnnLexer;
import dev.fovea.grammar.CnnParser;
import dev.fovea.grammar.LabelMarker;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;

/** Reads a source file. This is the only class of the package that others use. */
public final class Parser {

    private Parser() {}

    /**
     * The syntax tree of a file. Faults go to the sink; what is not touched by them is in the tree, whole.
     *
     * @param source the file
     * @param sink where faults are reported, codes CNN0002 to CNN0199
     */
    public static SyntaxFile parse(SourceFile source, DiagnosticSink sink) {
        return DeepStack.call(() -> parse(source, sink, false));
    }

    /**
     * The syntax tree of a file that is still bytes: UTF-8, perhaps with a byte-order mark.
     *
     * @param path the path as messages shall show it
     * @param bytes the whole file
     * @param sink where faults are reported, codes CNN0001 to CNN0199
     */
    public static SyntaxFile parse(String path, byte[] bytes, DiagnosticSink sink) {
        DiagnosticSink decoding = new DiagnosticSink();
        SourceFile source = SourceDecoder.decode(path, bytes, decoding);
        decoding.diagnostics().forEach(sink::report);
        return DeepStack.call(() -> parse(source, sink, decoding.hasErrors()));
    }

    /**
     * The concrete syntax tree of a file, with every token and comment.
     *
     * @param path the path as messages shall show it
     * @param bytes the whole file
     * @param sink where faults are reported, codes CNN0001 to CNN0199
     * @return nothing where the file has a fault
     */
    public static Optional<Element.Branch> concrete(String path, byte[] bytes, DiagnosticSink sink) {
        DiagnosticSink faults = new DiagnosticSink();
        SourceFile source = SourceDecoder.decode(path, bytes, faults);
        return DeepStack.call(() -> {
            if (!faults.hasErrors()) {
                parse(source, faults, false);
            }
            faults.diagnostics().forEach(sink::report);
            return faults.hasErrors() ? Optional.empty() : Optional.of(concrete(source));
        });
    }

    private static Element.Branch concrete(SourceFile source) {
        CommonTokenStream tokens = LabelMarker.tokens(lexer(source));
        tokens.fill();
        CnnParser.FileContext tree =
                parser(source, tokens, new FaultLog(new DiagnosticSink())).file();
        return new ConcreteBuilder(source, tokens).build(tree);
    }

    private static CnnLexer lexer(SourceFile source) {
        return new CnnLexer(new TextStream(source, 0, source.text().length()));
    }

    private static SyntaxFile parse(SourceFile source, DiagnosticSink sink, boolean undecodable) {
        FaultLog log = new FaultLog(sink);
        CommonTokenStream tokens = LabelMarker.tokens(lexer(source));
        tokens.fill();
        new LexicalFaults(source, log, undecodable).report(tokens.getTokens());
        CnnParser.FileContext tree = parser(source, tokens, log).file();
        return new FileBuilder(new Tree(source, tokens, log)).build(tree, undecodable);
    }

    /** The generated parser, with our limits and our words. */
    static NestingParser parser(SourceFile source, CommonTokenStream tokens, FaultLog log) {
        NestingParser parser = new NestingParser(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(new SyntaxErrorStrategy(tokens, new SyntaxMessages(source, tokens), log));
        return parser;
    }
}
