package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.graph.OpNode.BlockCall;
import dev.fovea.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that led to an expression, innermost first; a linked list, so that a call shares its caller's. */
final class CallPath {
    /** A model's own body. */
    static final CallPath OUTERMOST = new CallPath(null, null);

    private final @Nullable Call call;
    private final @Nullable CallPath outer;
    private final int depth;
    private @Nullable List<BlockCall> blockCalls;

    private CallPath(@Nullable Call call, @Nullable CallPath outer) {
        this.call = call;
        this.outer = outer;
        this.depth = outer == null ? 0 : outer.depth + 1;
    }

    /** What was called. */
    enum Kind {
        BLOCK,
        FUNCTION,
        TEMPLATE,
        APPLICATION
    }

    /**
     * A call.
     *
     * @param name of the block, function or model
     * @param label the whole dotted name of a block's call; empty for the others
     * @param recomputed whether it is a block's that is marked so
     */
    record Call(Kind kind, String name, String label, Span span, boolean recomputed) {
        Call(Kind kind, String name, String label, Span span) {
            this(kind, name, label, span, false);
        }

        /** As a message says it: {@code in `Basic`, applied here as `layer1.0`}. */
        String text() {
            return switch (kind) {
                case BLOCK -> "in `" + name + "`, applied here as `" + label + "`";
                case FUNCTION -> "in `" + name + "`, called here";
                case TEMPLATE -> "in `" + name + "`, an instance made here";
                case APPLICATION -> "applied here";
            };
        }
    }

    CallPath within(Call next) {
        return new CallPath(next, this);
    }

    /** All calls, innermost first. */
    List<Call> calls() {
        List<Call> all = new ArrayList<>();
        for (CallPath path = this; path != null; path = path.outer) {
            if (path.call != null) {
                all.add(path.call);
            }
        }
        return all;
    }

    /** Whether the last call is the application of a stage that was written elsewhere. */
    boolean endsWithApplication() {
        return call != null && call.kind() == Kind.APPLICATION;
    }

    /** How many calls there are. */
    int depth() {
        return depth;
    }

    /** The calls of blocks, innermost first, as the graph keeps them. */
    List<BlockCall> blockCalls() {
        if (blockCalls == null) {
            List<BlockCall> outerCalls = outer == null ? List.of() : outer.blockCalls();
            if (call == null || call.kind() != Kind.BLOCK) {
                blockCalls = outerCalls;
            } else {
                List<BlockCall> all = new ArrayList<>();
                all.add(new BlockCall(call.name(), call.label(), call.span(), call.recomputed()));
                all.addAll(outerCalls);
                blockCalls = List.copyOf(all);
            }
        }
        return blockCalls;
    }
}
