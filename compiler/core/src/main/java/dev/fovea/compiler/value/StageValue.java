package dev.fovea.compiler.value;

import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Stage;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be applied to a tensor: a call that lacks it, a bare name, an anonymous block, or something made of these. Each
 * application makes parameters of its own, unless it is {@link Shared}.
 */
public sealed interface StageValue extends Value {
    /** Where it was written: faults of its application point there. */
    Span span();

    /** What the user calls it: {@code conv}, {@code Basic}. */
    String name();

    /** Whether it was written without arguments, and so may still get some. */
    boolean isBare();

    /**
     * An operator.
     *
     * @param bound its arguments; empty for a bare name
     */
    record OperatorStage(OpDef<?> def, Optional<BoundOperator> bound, Span span) implements StageValue {
        @Override
        public String name() {
            return def.name();
        }

        @Override
        public boolean isBare() {
            return bound.isEmpty();
        }
    }

    /**
     * The arguments of an operator that lacks its first tensor.
     *
     * @param rest the tensors behind the first
     * @param size how many numbers its arguments hold: what looking at them costs
     */
    record BoundOperator(Op op, List<Tensor> rest, long size) {
        /** Copies the list. */
        public BoundOperator {
            rest = List.copyOf(rest);
        }
    }

    /**
     * A block of a file.
     *
     * @param bound the parameters that have a value, by name; empty for a bare name
     * @param origins where these values come from
     */
    record BlockStage(Symbol block, Optional<Map<String, Value>> bound, Map<String, Origin> origins, Span span)
            implements StageValue {
        /** Copies the maps. */
        public BlockStage {
            bound = bound.map(Map::copyOf);
            origins = Map.copyOf(origins);
        }

        @Override
        public String name() {
            return block.name();
        }

        @Override
        public boolean isBare() {
            return bound.isEmpty();
        }
    }

    /**
     * An anonymous block.
     *
     * @param scope the names where it stands
     * @param bound the values of the parameters behind the first; empty when none are given yet
     */
    record AnonymousStage(Expression.AnonymousBlock block, Scope scope, Optional<List<Value>> bound)
            implements StageValue {
        /** Copies the list. */
        public AnonymousStage {
            bound = bound.map(List::copyOf);
        }

        @Override
        public Span span() {
            return block.span();
        }

        @Override
        public String name() {
            return "anonymous block";
        }

        @Override
        public boolean isBare() {
            return bound.isEmpty();
        }
    }

    /** {@code repeat(count, stage)}. */
    record RepeatedStage(long count, StageValue stage, Span span) implements StageValue {
        @Override
        public String name() {
            return "repeat";
        }

        @Override
        public boolean isBare() {
            return false;
        }
    }

    /**
     * {@code share(stage)}.
     *
     * @param parameters those of the first application, which all others use
     */
    record SharedStage(StageValue stage, SharedParameters parameters, Span span) implements StageValue {
        @Override
        public String name() {
            return stage.name();
        }

        @Override
        public boolean isBare() {
            return false;
        }
    }

    /**
     * A pipeline that begins with a stage instead of a tensor: {@code conv(8, kernel=3) -> relu}.
     *
     * @param first what it begins with
     * @param rest the stages that follow
     * @param scope the names where they stand
     */
    record ChainedStage(StageValue first, List<Stage> rest, Scope scope, Span span) implements StageValue {
        /** Copies the list. */
        public ChainedStage {
            rest = List.copyOf(rest);
        }

        @Override
        public String name() {
            return "chain of stages";
        }

        @Override
        public boolean isBare() {
            return false;
        }
    }
}
