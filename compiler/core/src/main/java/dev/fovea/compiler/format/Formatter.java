package dev.fovea.compiler.format;

import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.parse.Parser;
import dev.fovea.compiler.syntax.DeepStack;
import dev.fovea.compiler.syntax.concrete.Element;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays out files. */
public final class Formatter {

    private Formatter() {}

    /**
     * A file in the canonical layout: UTF-8, lines of at most 120 columns where the text allows, ending with LF.
     *
     * @param path the path as messages shall show it
     * @param bytes the whole file
     * @param sink where faults of syntax are reported
     * @return nothing where the file has a fault: such a file is left alone
     * @throws IllegalStateException if the layout would change what the file says, which is a defect of this class
     */
    public static Optional<String> format(String path, byte[] bytes, DiagnosticSink sink) {
        return Parser.concrete(path, bytes, sink).map(file -> {
            String text = DeepStack.call(() -> DocPrinter.print(new FileLayout().file(file)));
            requireSame(path, file, text);
            return text;
        });
    }

    /** A layout that loses or joins a token would destroy somebody's work: so the result is read again before it is given. */
    private static void requireSame(String path, Element.Branch file, String text) {
        DiagnosticSink sink = new DiagnosticSink();
        Optional<List<String>> after = Parser.concrete(path, text.getBytes(StandardCharsets.UTF_8), sink)
                .map(Formatter::words);
        if (!after.equals(Optional.of(words(file)))) {
            throw new IllegalStateException(
                    "the layout of " + path + " would change its meaning: " + sink.diagnostics());
        }
    }

    /** Tokens and comments in order, without the commas that end a list. */
    private static List<String> words(Element.Branch file) {
        List<String> words = new ArrayList<>();
        DeepStack.call(() -> {
            collect(file, words);
            return words;
        });
        return words;
    }

    private static void collect(Element element, List<String> words) {
        if (element instanceof Element.Branch branch) {
            List<Element> children = branch.children();
            for (int i = 0; i < children.size(); i++) {
                if (!ListLayout.isSpareComma(children, i)) {
                    collect(children.get(i), words);
                }
            }
            return;
        }
        Element.Leaf leaf = (Element.Leaf) element;
        leaf.before().forEach(comment -> words.add(comment.text()));
        words.add(leaf.text());
        leaf.after().forEach(comment -> words.add(comment.text()));
    }
}
