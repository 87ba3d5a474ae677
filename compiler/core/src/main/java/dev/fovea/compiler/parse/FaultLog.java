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

/** What has been found wrong with one file so far, and which of its parts that makes unreliable. */
final class FaultLog {

    /** Faults shown of one file: a file that is no .cnn at all has one at every token. */
    private static final int LIMIT = 100;

    private final DiagnosticSink sink;
    private final Set<RuleContext> brokenParts = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<RuleContext> brokenHeads = Collections.newSetFromMap(new IdentityHashMap<>());
    private final BitSet faultyOffsets = new BitSet();
    private boolean namesComplete = true;
    private int reported;

    FaultLog(DiagnosticSink sink) {
        this.sink = sink;
    }

    /** Reports a fault of the characters at its place; the item around it counts as broken. */
    void reportLexical(Diagnostic.Builder fault) {
        Diagnostic diagnostic = fault.build();
        if (diagnostic.code() == Code.UNTERMINATED_COMMENT) {
            // It stands in no item, but whatever was declared behind it is part of it.
            namesComplete = false;
        } else {
            faultyOffsets.set(diagnostic.span().start());
        }
        report(diagnostic);
    }

    /** Whether further faults are not shown anyway, so that no words need be found for them. */
    boolean isFull() {
        return reported > LIMIT;
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

    /** Notes that the item, and the statement or entry, around {@code context} holds a fault, without a word. */
    void markBroken(RuleContext context) {
        boolean inBody = false;
        for (RuleContext at = context; at != null; at = at.parent) {
            inBody |= at instanceof CnnParser.BodyContext || at instanceof CnnParser.RecipeBodyContext;
            if (at instanceof CnnParser.ItemContext && !inBody) {
                brokenHeads.add(at);
            }
            // A phase is not broken by an entry of its own.
            boolean isPart = at instanceof CnnParser.StatementContext || at instanceof CnnParser.RecipeItemContext;
            if ((isPart && !inBody) || at instanceof CnnParser.ItemContext) {
                brokenParts.add(at);
            }
        }
    }

    /** Notes that a name of the file could not be read. */
    void markNamesIncomplete() {
        namesComplete = false;
    }

    boolean namesComplete() {
        return namesComplete;
    }

    /** Whether a fault of syntax was found in an item, statement or entry. */
    boolean isBroken(RuleContext part) {
        return brokenParts.contains(part);
    }

    /** Whether a fault of syntax was found in an item outside of its body, so that nothing of it can be relied on. */
    boolean isHeadBroken(CnnParser.ItemContext item) {
        return brokenHeads.contains(item);
    }

    /** Whether a fault of the characters was found from {@code start} to {@code end}, exclusive. */
    boolean isGarbled(int start, int end) {
        int fault = faultyOffsets.nextSetBit(start);
        return fault >= 0 && fault < end;
    }

    boolean isEmpty() {
        return reported == 0;
    }
}
