package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.source.Span;
import dev.fovea.grammar.CnnParser;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.antlr.v4.runtime.RuleContext;
import org.jspecify.annotations.Nullable;

/** What has been found wrong with one file so far, and which of its items that makes unreliable. */
final class FaultLog {

    /** Faults shown of one file: a file that is no .cnn at all has one at every token. */
    private static final int LIMIT = 100;

    private final DiagnosticSink sink;
    private final Set<RuleContext> brokenItems = Collections.newSetFromMap(new IdentityHashMap<>());
    private final BitSet faultyOffsets = new BitSet();
    private boolean namesComplete = true;
    private int reported;

    FaultLog(DiagnosticSink sink) {
        this.sink = sink;
    }

    /** Reports a fault of the characters at its place; the item around it counts as broken. */
    void reportLexical(Diagnostic.Builder fault) {
        Diagnostic diagnostic = fault.build();
        faultyOffsets.set(diagnostic.span().start());
        report(diagnostic);
    }

    /** Reports a fault of the item around {@code context}. */
    void report(RuleContext context, Diagnostic.Builder fault) {
        markBroken(context);
        report(fault.build());
    }

    private void report(Diagnostic diagnostic) {
        reported++;
        if (reported <= LIMIT) {
            sink.report(diagnostic);
        } else if (reported == LIMIT + 1) {
            Span start = new Span(
                    diagnostic.span().file(),
                    diagnostic.span().start(),
                    diagnostic.span().start());
            sink.report(Diagnostic.of(Code.TOO_MANY_FAULTS, start, "from here on faults of syntax are not shown")
                    .note("shown: the first " + LIMIT + " found in this file"));
        }
    }

    /** Notes that the item around {@code context} holds a fault, without a word. */
    void markBroken(RuleContext context) {
        @Nullable RuleContext around = context;
        while (around != null && !(around instanceof CnnParser.ItemContext)) {
            around = around.parent;
        }
        if (around == null) {
            namesComplete = false;
        } else {
            brokenItems.add(around);
        }
    }

    /** Notes that a name of the file could not be read. */
    void markNamesIncomplete() {
        namesComplete = false;
    }

    boolean namesComplete() {
        return namesComplete;
    }

    /** Whether a fault was found in an item that reaches from {@code start} to {@code end}, exclusive. */
    boolean isBroken(CnnParser.ItemContext item, int start, int end) {
        int fault = faultyOffsets.nextSetBit(start);
        return brokenItems.contains(item) || (fault >= 0 && fault < end);
    }

    boolean isEmpty() {
        return reported == 0;
    }
}
