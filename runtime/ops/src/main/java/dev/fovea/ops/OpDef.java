package dev.fovea.ops;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All that is to be known about an operator besides its arithmetic. Built once, in a constant of the operator's record:
 *
 * <pre>{@code
 * public static final OpDef<Lrn> DEF = OpDef.named("lrn")
 *         .family(OperatorFamily.NORMALIZATION)
 *         .outputShape("that of the input, an image")
 *         .summary("divides each activation by a power of the energy of its neighbouring channels")
 *         .formula("y[c] = x[c] / (k + alpha/size · Σ x[i]²)^beta, i within size/2 of c")
 *         .input("x")
 *         .attribute("size", INT, 5, ODD, "channels in the window")
 *         .build(a -> new Lrn(a.integer("size")), (op, inputs, findings) -> inputs.get(0))
 *         .backwardReads(Reads.INPUTS)
 *         .sample(new Lrn(3), Shape.of(7, 3, 5));
 * }</pre>
 *
 * @param <T> the operator's record
 */
public final class OpDef<T extends Op> {
    private final Builder head;
    private final Signature signature;
    private final Function<Attributes, T> factory;
    private final ShapeRule<T> shapeRule;
    private ParameterRule<T> parameterRule = (op, inputs, output) -> List.of();
    private MacRule<T> macRule = (op, inputs, output) -> 0;
    private ReachRule<T> reachRule = (op, inputs, output) -> Reach.between(inputs.get(0), output);
    private SavedRule<T> savedRule = (op, inputs, output) -> Saved.NOTHING;
    private PiecesRule<T> piecesRule = (op, inputs, output) -> List.of();
    private Function<T, Optional<Borrowed>> borrowRule = op -> Optional.empty();
    private Optional<WindowRule<T>> windowRule = Optional.empty();
    private final Set<Reads> reads = EnumSet.noneOf(Reads.class);
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final List<Sample> samples = new ArrayList<>();

    private OpDef(Builder head, Function<Attributes, T> factory, ShapeRule<T> shapeRule) {
        this.head = head;
        this.signature = new Signature(head.name, head.summary, head.attributes);
        this.factory = factory;
        this.shapeRule = shapeRule;
    }

    /** The multiply-adds of one sample; biases are not counted. */
    @FunctionalInterface
    public interface MacRule<T extends Op> {
        /** The count; throws {@link ArithmeticException} where it does not fit 64 bits. */
        long count(T op, List<Shape> inputs, Shape output);
    }

    /** Which part of its inputs one element of the output sees. */
    @FunctionalInterface
    public interface ReachRule<T extends Op> {
        /** The same for all inputs. */
        Reach of(T op, List<Shape> inputs, Shape output);
    }

    /** The windows of an operator that leaves out a last one that does not fit, without an argument that says so. */
    @FunctionalInterface
    public interface WindowRule<T extends Op> {
        /** Over inputs that the shape rule has accepted. */
        Window over(T op, List<Shape> inputs);
    }

    /** What forward keeps for backward. */
    @FunctionalInterface
    public interface SavedRule<T extends Op> {
        /** In floats, per sample and per batch. */
        Saved of(T op, List<Shape> inputs, Shape output);
    }

    /** Where in its output an operator that only puts tensors side by side puts each of them. */
    @FunctionalInterface
    public interface PiecesRule<T extends Op> {
        /** For each input where its elements begin in the output, all in one piece; empty when they do not lie so. */
        List<Long> of(T op, List<Shape> inputs, Shape output);
    }

    /** An instance on shapes for the tests: all extents different, off the kinks. */
    public record Sample(Op op, List<Shape> inputs) {
        /** Copies the list. */
        public Sample {
            inputs = List.copyOf(inputs);
        }
    }

    /** Begins a definition. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** The name in the language. */
    public String name() {
        return signature.name();
    }

    /** Name, summary and arguments. */
    public Signature signature() {
        return signature;
    }

    /** What it computes, in one line of mathematics. */
    public String formula() {
        return head.formula;
    }

    /** Under which heading the reference has it. */
    public OperatorFamily family() {
        return head.family.orElseThrow(() -> new IllegalStateException(name() + " has no family"));
    }

    /** The shape rule in words: {@code [units] of [N]}. */
    public String outputShape() {
        return head.outputShape;
    }

    /** The paper that it comes from; empty where it is older than papers on networks. */
    public String source() {
        return head.source;
    }

    /** Conventions and what differs elsewhere; may be empty. */
    public String notes() {
        return head.notes;
    }

    /** The names of the tensor inputs that a call gives, in order. For a variadic operator: of the first two. */
    public List<String> inputs() {
        return List.copyOf(head.inputs);
    }

    /** Whether more inputs of the last kind may follow. */
    public boolean isVariadic() {
        return head.variadic;
    }

    /** Whether a gradient flows into the input of this position: a class label has none. */
    public boolean hasGradient(int input) {
        return !head.labels.contains(input);
    }

    /** Whether the values of the input of this position lie between 0 and 1: a probability, or the activation of a sigmoid. */
    public boolean isProbability(int input) {
        return head.probabilities.contains(input);
    }

    /** Whether it may be applied to this many tensors, the one of {@link #inputOf} included. */
    public boolean admits(int inputs) {
        return inputs == head.inputs.size() + (head.inputOf.isPresent() ? 1 : 0) || (head.variadic && inputs > 0);
    }

    /**
     * The argument that names a layer whose first input is one more input of this operator, behind those that a call gives.
     */
    public Optional<String> inputOf() {
        return head.inputOf;
    }

    /** The parameter of another layer that it uses in place of its own of the same name, if any. */
    public Optional<Borrowed> borrowed(Op op) {
        return borrowRule.apply(cast(op));
    }

    /** An instance with the given converted arguments, see {@link Signature#resolve}. */
    public T create(Map<String, Object> given) {
        return factory.apply(signature.resolve(given));
    }

    /** Whether a pass or the memory plan may do the thing. */
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether backward reads it. */
    public boolean reads(Reads what) {
        return reads.contains(what);
    }

    /** The samples the tests run. */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /**
     * The output's shape.
     *
     * @throws Misfit when the operator cannot be applied to these shapes
     */
    public Shape infer(Op op, List<Shape> shapes, Findings findings) throws Misfit {
        return shapeRule.infer(cast(op), shapes, findings);
    }

    /** The parameters at given shapes, in the order in which kernels receive them. */
    public List<Parameter> parameters(Op op, List<Shape> shapes, Shape output) {
        return parameterRule.of(cast(op), shapes, output);
    }

    /** The multiply-adds of one sample. */
    public long macs(Op op, List<Shape> shapes, Shape output) {
        return macRule.count(cast(op), shapes, output);
    }

    /** Which part of its inputs one element of the output sees. */
    public Reach reach(Op op, List<Shape> shapes, Shape output) {
        return reachRule.of(cast(op), shapes, output);
    }

    /** What forward keeps for backward. */
    public Saved saved(Op op, List<Shape> shapes, Shape output) {
        return savedRule.of(cast(op), shapes, output);
    }

    /**
     * For each input where its elements begin in the output, in floats, when the output is nothing but its inputs, each in one
     * piece; else empty. A producer may then write an input where it belongs, and the kernel finds it there.
     */
    public List<Long> pieces(Op op, List<Shape> shapes, Shape output) {
        return piecesRule.of(cast(op), shapes, output);
    }

    /**
     * Sees to it that windows leave no remainder, in an operator that has no rounding rule of its own.
     *
     * @throws Misfit CNN0305 when they do
     */
    public void requireExact(Op op, List<Shape> shapes) throws Misfit {
        if (windowRule.isPresent()) {
            windowRule.get().over(cast(op), shapes).requireExact();
        }
    }

    /** Its windows, where a remainder is left out and no argument says what becomes of it. */
    public OpDef<T> windows(WindowRule<T> rule) {
        windowRule = Optional.of(rule);
        return this;
    }

    /** When and whose parameter it uses in place of its own. */
    public OpDef<T> borrows(Function<T, Optional<Borrowed>> rule) {
        borrowRule = rule;
        return this;
    }

    /** The parameters it owns. */
    public OpDef<T> parameters(ParameterRule<T> rule) {
        parameterRule = rule;
        return this;
    }

    /** What it costs. */
    public OpDef<T> macs(MacRule<T> rule) {
        macRule = rule;
        return this;
    }

    /** What one element of the output sees, where it is more than the shapes tell. */
    public OpDef<T> reach(ReachRule<T> rule) {
        reachRule = rule;
        return this;
    }

    /** What it keeps; implies that backward reads it. */
    public OpDef<T> saves(SavedRule<T> rule) {
        savedRule = rule;
        return backwardReads(Reads.SAVED);
    }

    /** Where the inputs lie in the output, see {@link #pieces(Op, List, Shape)}. */
    public OpDef<T> pieces(PiecesRule<T> rule) {
        piecesRule = rule;
        return this;
    }

    /** What backward reads: the plan frees all else. */
    public OpDef<T> backwardReads(Reads first, Reads... rest) {
        reads.addAll(EnumSet.of(first, rest));
        return this;
    }

    /** What passes and the plan may do with it. */
    public OpDef<T> traits(Trait first, Trait... rest) {
        traits.addAll(EnumSet.of(first, rest));
        return this;
    }

    /** An instance for the tests. */
    public OpDef<T> sample(T op, Shape... inputs) {
        samples.add(new Sample(op, List.of(inputs)));
        return this;
    }

    @SuppressWarnings("unchecked") // an operator is only ever asked through its own definition
    private T cast(Op op) {
        return (T) op;
    }

    @Override
    public String toString() {
        return name();
    }

    /** The part of a definition that does not need the record's type. */
    public static final class Builder {
        private final String name;
        private String summary = "";
        private String formula = "";
        private String notes = "";
        private Optional<OperatorFamily> family = Optional.empty();
        private String outputShape = "";
        private String source = "";
        private final List<String> inputs = new ArrayList<>();
        private final Set<Integer> labels = new HashSet<>();
        private final Set<Integer> probabilities = new HashSet<>();
        private boolean variadic;
        private Optional<String> inputOf = Optional.empty();
        private final List<Attribute> attributes = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** A phrase in the third person. */
        public Builder summary(String text) {
            summary = text;
            return this;
        }

        /** One line of mathematics. */
        public Builder formula(String text) {
            formula = text;
            return this;
        }

        /** Under which heading the reference has it. */
        public Builder family(OperatorFamily heading) {
            family = Optional.of(heading);
            return this;
        }

        /** The shape rule in words, for the reference: {@code [units] of [N]}. */
        public Builder outputShape(String text) {
            outputShape = text;
            return this;
        }

        /** Who published it and when; by default nobody. */
        public Builder source(String text) {
            source = text;
            return this;
        }

        /** Conventions, differences. */
        public Builder notes(String text) {
            notes = text;
            return this;
        }

        /** The next tensor input. */
        public Builder input(String inputName) {
            inputs.add(inputName);
            return this;
        }

        /** The next tensor input, which holds class indices as floats and has no gradient. */
        public Builder label(String inputName) {
            labels.add(inputs.size());
            return input(inputName);
        }

        /** The next tensor input, whose values lie between 0 and 1: where they do not, the output is NaN. */
        public Builder probability(String inputName) {
            probabilities.add(inputs.size());
            return input(inputName);
        }

        /** One more input, behind all others: the first of the layer that an argument names. */
        public Builder inputOf(String attribute) {
            inputOf = Optional.of(attribute);
            return this;
        }

        /** Two or more inputs. A single one is let through: a concat of one tensor is that tensor. */
        public Builder inputs(String first, String second) {
            inputs.addAll(List.of(first, second));
            variadic = true;
            return this;
        }

        /** An argument that must be given. */
        public Builder required(String attribute, AttributeType type, Limit limit, String text) {
            attributes.add(new Attribute(attribute, type, Optional.empty(), Optional.empty(), limit, text));
            return this;
        }

        /** An argument with a default, as a value of {@link Attributes}: Integer, Float, Boolean, Pair, … */
        public Builder attribute(String attribute, AttributeType type, Object fallback, Limit limit, String text) {
            attributes.add(new Attribute(attribute, type, Optional.of(fallback), Optional.empty(), limit, text));
            return this;
        }

        /** An argument whose default is the value of an earlier one. */
        public Builder sameAs(String attribute, AttributeType type, String other, Limit limit, String text) {
            attributes.add(new Attribute(attribute, type, Optional.empty(), Optional.of(other), limit, text));
            return this;
        }

        /** Ends the untyped part. */
        public <T extends Op> OpDef<T> build(Function<Attributes, T> factory, ShapeRule<T> shapeRule) {
            return new OpDef<>(this, factory, shapeRule);
        }
    }
}
