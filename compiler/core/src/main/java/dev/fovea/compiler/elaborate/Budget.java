package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * What a compilation may spend, all its models together: so that any text, however it multiplies, is done with in a second
 * or two and a few hundred megabytes. Who passes a limit is stopped by {@link Halt}, and one fault is reported.
 */
final class Budget {
    /** Operators after elaboration. */
    static final int OPERATORS = 1_000_000;

    /** Evaluations, list elements and applications. */
    static final long STEPS = 5_000_000;

    /** What the words of a fault cost: a body may be worked through a million times, and be at fault each time. */
    static final long FAULT = 500;

    /** What a call of a function or block costs beside its arguments and body. */
    static final long CALL = 50;

    /** What an anonymous block costs beside its body. */
    static final long ANONYMOUS = 5;

    /** What a chain of stages costs beside them: it is a scope of names, and where it is from goes into each layer. */
    static final long CHAIN = 8;

    /** Bytes, roughly, that layers and their parameters take. */
    static final long ROOM = 150_000_000;

    /** Expressions within expressions, blocks called from blocks included. */
    static final int DEPTH = 1_200;

    /** The elements of one list. */
    static final int LIST = 1_000_000;

    /** Lists within lists. */
    static final int NESTED_LISTS = 8;

    private final Faults faults;
    private long steps;
    private long room;
    private int operators;
    private int depth;
    private @Nullable Span place;
    private boolean isSpent;

    Budget(Faults faults) {
        this.faults = faults;
    }

    /** Begins an expression; {@link #leave} ends it. */
    void enter(Span span) {
        place = span;
        depth++;
        step();
        if (depth > DEPTH) {
            halt(Diagnostic.of(Code.TOO_DEEP, span, "expressions and calls are nested too deeply")
                    .label("more than " + Figures.grouped(DEPTH) + " within one another")
                    .help("a stage that is handed to itself never ends"));
        }
    }

    /** Ends an expression. */
    void leave() {
        depth--;
    }

    /** Forgets the expressions that an exception has left. */
    void unwind() {
        depth = 0;
    }

    /** One evaluation. */
    void step() {
        steps(1);
    }

    /** So many evaluations, or as much work. */
    void steps(long count) {
        steps += count;
        if (steps > STEPS && !isSpent) {
            isSpent = true;
            halt(Diagnostic.of(Code.TOO_LONG, here(), "the file takes too long to work out")
                    .label("given up here after " + Figures.grouped(STEPS) + " steps")
                    .help("check the counts of `repeat` and `range` that are nested, and what calls another twice"));
        } else if (isSpent) {
            throw new Halt();
        }
    }

    /** One more operator. */
    void operator(Span span) {
        step();
        if (++operators > OPERATORS) {
            isSpent = true;
            halt(Diagnostic.of(Code.TOO_MANY_OPERATORS, span, "there are more than a million operators")
                    .label("the one that is too many")
                    .help("check the counts of `repeat` that are nested"));
        }
    }

    /** Memory for a layer that stays until the end. */
    void room(long bytes, Span span) {
        room += bytes;
        if (room > ROOM) {
            isSpent = true;
            halt(Diagnostic.of(Code.TOO_LONG, span, "the layers take too much room to work out")
                    .label("given up here")
                    .help("check the counts of `repeat` that are nested, and the lengths of labels"));
        }
    }

    /** Room for a list of so many elements. */
    void list(long elements, int nested) throws BadValue {
        steps(Math.min(elements, LIST));
        if (elements > LIST || nested > NESTED_LISTS) {
            throw new BadValue(
                    Code.LIST_TOO_LARGE,
                    "the list is too large",
                    elements > LIST
                            ? Figures.grouped(elements) + " elements, where at most " + Figures.grouped(LIST)
                                    + " are allowed"
                            : "lists are nested more than " + NESTED_LISTS + " deep");
        }
    }

    /** Whether nothing more can be worked out. */
    boolean isSpent() {
        return isSpent;
    }

    private Span here() {
        if (place == null) {
            throw new IllegalStateException("no expression was begun");
        }
        return place;
    }

    private void halt(Diagnostic.Builder fault) {
        faults.report(fault, CallPath.OUTERMOST);
        throw new Halt();
    }
}
