package dev.fovea.compiler.diagnostics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The catalogue of everything the compiler can say. A code, once published, keeps its meaning.
 *
 * <p>Numbers by stage: 0–99 characters and tokens, 100–199 syntax, 200–249 names and imports, 250–299
 * compile-time values, arguments and limits, 300–399 shapes and operators, 400–449 recipes, 450–499 contracts ({@code
 * expect}, {@code assert}). Those of shape rules are named by {@link dev.fovea.ops.Misfit}s. {@code @allow} knows a
 * warning by its name here in lower case.
 */
public enum Code {
    INVALID_UTF8(1, "the file is not UTF-8"),
    UNEXPECTED_CHARACTER(2, "a character that the language does not use"),
    UNTERMINATED_COMMENT(3, "a comment without an end"),
    UNTERMINATED_STRING(4, "a string without an end"),
    UNKNOWN_ESCAPE(5, "an escape that the language does not know"),
    INTEGER_OUT_OF_RANGE(6, "an integer beyond 64 bits"),
    FLOAT_OUT_OF_RANGE(7, "a float that cannot be represented"),
    MALFORMED_NUMBER(8, "a number that runs into a name"),
    EMPTY_FILE(9, "a file that declares nothing"),
    UNREADABLE_FILE(10, "a file that cannot be read"),

    EXPECTED_DECLARATION(101, "something else where a declaration should stand"),
    EXPECTED_STATEMENT(102, "something else where a statement should stand"),
    EXPECTED_ENTRY(103, "something else where an entry of a recipe should stand"),
    EXPECTED_EXPRESSION(104, "an expression is missing"),
    EXPECTED_STAGE(105, "a stage is missing"),
    EXPECTED_TOKEN(106, "something is missing"),
    MISSING_NAME(107, "a name is missing"),
    KEYWORD_AS_NAME(108, "a keyword used as a name"),
    UNCLOSED_BRACKET(109, "a bracket that is not closed"),
    UNMATCHED_BRACKET(110, "a bracket that closes nothing"),
    NESTING_TOO_DEEP(111, "nesting beyond the limit"),
    MISPLACED_PACKAGE(112, "a package clause that is not the first thing"),
    MISPLACED_IMPORT(113, "an import behind a declaration"),
    MALFORMED_IMPORT(114, "an import without a package or a name"),
    UNKNOWN_TYPE(115, "a type that the language does not have"),
    MISTYPED_PARAMETER(116, "a parameter with a type too few or too many"),
    MISPLACED_STATEMENT(117, "a statement that does not belong into this body"),
    MISPLACED_RETURN(118, "a block that does not end with its one return"),
    MISPLACED_ARGUMENT(119, "a positional argument behind a named one"),
    MALFORMED_ARGUMENT(120, "an argument whose name is no name"),
    CHAINED_COMPARISON(121, "comparisons in a row"),
    MALFORMED_BLOCK(122, "an anonymous block whose parameters are not plain names"),
    MALFORMED_LABEL(123, "a label that is not in one piece"),
    MALFORMED_TUPLE(124, "a tuple of one element"),
    UNKNOWN_UNIT(125, "a unit that the language does not have"),
    MALFORMED_TARGET(126, "a target that is neither classes nor a shape"),
    NESTED_PHASE(127, "a phase inside a phase"),
    MALFORMED_MESSAGE(128, "a message with a broken insertion"),
    INCOMPLETE_ENTRY(129, "an entry of a recipe without what it is about"),
    TOO_MANY_FAULTS(199, "more faults than are shown", Severity.INFO),

    UNKNOWN_NAME(200, "a name that nothing declares"),
    UNKNOWN_PACKAGE(201, "an import of a package that is not there"),
    UNREADABLE_IMPORT(202, "an imported file that cannot be read"),
    PACKAGE_MISMATCH(203, "an imported file that says it is another package"),
    IMPORT_CYCLE(204, "imports that go round in a circle"),
    NOT_IN_PACKAGE(205, "an imported name that its package does not declare"),
    DECLARED_TWICE(206, "two declarations of one name"),
    DEFINED_TWICE(207, "two definitions of one name in a body"),
    USED_BEFORE_DEFINITION(208, "a name used before its definition"),
    AMBIGUOUS_NAME(209, "a name that several imports bring"),
    RECURSION(210, "a definition that leads back to itself"),
    UNUSED_LET(211, "a `let` that nothing uses", Severity.WARNING),
    UNKNOWN_ARGUMENT(212, "an argument that the callee does not have"),
    UNKNOWN_ANNOTATION(213, "an annotation that the language does not know"),
    ANNOTATION_FORM(214, "an annotation in the wrong place or form"),
    UNKNOWN_WARNING(215, "a warning that cannot be allowed because there is none of its name"),
    NOT_A_MODEL(216, "something else where a model is named"),
    CONSTANT_CONDITION(217, "a branch that is always the same", Severity.WARNING),
    UNNEEDED_ALLOW(218, "an annotation that allows nothing", Severity.WARNING),

    VALUE_TYPE(250, "a value of the wrong kind"),
    INTEGER_OVERFLOW(251, "an int beyond 64 bits"),
    INEXACT_DIVISION(252, "a division of ints with a remainder"),
    DIVISION_BY_ZERO(253, "a division by zero"),
    INDEX_OUT_OF_RANGE(254, "an index that the list does not have"),
    NOT_FINITE(255, "a float that is infinite or no number"),
    ARGUMENT_COUNT(256, "too many or too few arguments"),
    MISSING_ARGUMENT(257, "an argument that must be given"),
    ARGUMENT_TWICE(258, "an argument given twice"),
    ARGUMENT_TYPE(259, "an argument of the wrong kind"),
    ARGUMENT_LIMIT(260, "an argument out of bounds"),
    NOT_CALLABLE(261, "a call of what cannot be called"),
    UNKNOWN_MEMBER(262, "a member that a value does not have"),
    NEEDS_TENSOR(263, "something else where a tensor is needed"),
    NEEDS_STAGE(264, "something else where a stage is needed"),
    LABEL_FORM(265, "a label that cannot be one"),
    UNKNOWN_LABEL(266, "a label that no layer in the scope has"),
    TOO_DEEP(290, "expressions and calls nested too deeply"),
    TOO_LONG(291, "a file that takes too long or too much room to work out"),
    LIST_TOO_LARGE(292, "a list that is too large"),

    KERNEL_FIT(301, "a kernel that does not fit its input"),
    GROUPS(302, "groups that do not divide the channels"),
    PADDING_TOO_LARGE(303, "padding beyond what a window can take"),
    SHAPES_DISAGREE(304, "shapes that cannot be joined"),
    EXACT_ROUNDING(305, "a stride that does not divide where it must"),
    RESHAPE_SIZE(306, "a reshape that changes the number of elements"),
    CONNECTIONS(307, "a connection table that does not fit"),
    UNEVEN_SAME(308, "`\"same\"` padding that is uneven", Severity.WARNING),
    RANK(310, "an input of the wrong rank"),
    AXIS_RANGE(311, "an axis that the input does not have"),
    BIN_COUNT(312, "more bins than elements"),
    LOSS_SHAPES(313, "a prediction and a target that do not agree"),
    AUGMENTATION_FIT(314, "an augmentation that does not fit the input"),
    PART_RANGE(320, "a part that the input does not have"),
    SINGLE_NUMBER(321, "a normalisation of a single number"),
    OUTPUT_PADDING(330, "an output padding that is too large"),
    NOTHING_LEFT(331, "a padding that cuts off all of the output"),
    UNPOOL_SHAPE(332, "an unpooling of something else than the pool gave"),
    UNREAD_ROWS(350, "rows or columns of the input that no window reads", Severity.WARNING),
    DOUBLE_ACTIVATION(351, "two activations in a row", Severity.WARNING),
    BIAS_BEFORE_NORM(352, "a bias that a normalisation subtracts again", Severity.WARNING),
    GIANT_DENSE(353, "a dense layer that holds more than half of all parameters", Severity.WARNING),
    ASCRIPTION(360, "a shape other than the one stated"),
    TENSOR_TOO_LARGE(361, "a tensor that is too large"),
    TOO_MANY_OPERATORS(362, "more than a million operators"),
    TENSOR_COUNT(363, "too many or too few tensors"),
    SHARED_MISMATCH(364, "shared parameters that do not fit"),
    PARAMETER_CLASH(365, "two parameters of one name"),
    EXTENT(366, "a size that cannot be one"),
    LOSS_IN_MODEL(367, "a loss where a layer is wanted"),
    NO_OUTPUT(368, "a model without an output"),
    TIED_MISMATCH(369, "a tied weight that does not fit"),
    RECIPE_FOR_TEMPLATE(400, "a recipe for a template"),
    UNKNOWN_INGREDIENT(401, "something in a recipe that there is not"),
    UNKNOWN_LAYER(402, "a layer that there is not"),
    ENTRY_TWICE(403, "two entries where one may be"),
    ENTRY_PLACE(404, "an entry in the wrong place"),
    RECIPE_INCOMPLETE(405, "a recipe that lacks something"),
    LOSS_FORM(406, "a loss that is no sum of losses"),
    PREDICTION(407, "something else where a prediction is needed"),
    LOSS_TARGET(408, "something else where a target is needed"),
    CLASS_COUNT(409, "a number of classes other than the size of the logits"),
    EVERYTHING_FROZEN(410, "a phase that freezes every parameter"),
    PRETRAINING(415, "a layer that cannot be trained by itself"),
    SOFTMAX_BEFORE_LOSS(420, "a softmax in front of a loss that applies one", Severity.WARNING),
    ASSERTION(450, "an `assert` that does not hold"),
    CONTRACT(451, "an `expect` that is broken"),
    CONTRACT_FORM(452, "an `expect` that cannot be read"),
    UNKNOWN_OVERRIDE(453, "a value for a parameter that no model has");

    private static final Map<String, Code> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Code::id, code -> code));

    private final String id;
    private final String title;
    private final Severity severity;

    Code(int number, String title) {
        this(number, title, Severity.ERROR);
    }

    Code(int number, String title, Severity severity) {
        this.id = "CNN" + Integer.toString(10_000 + number).substring(1);
        this.title = title;
        this.severity = severity;
    }

    /** The code as it is shown: {@code CNN} and four digits. */
    public String id() {
        return id;
    }

    /** What it is about, in a few words: the heading of its page. */
    public String title() {
        return title;
    }

    /** The name by which {@code @allow} knows it: {@code unread_rows}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity it has unless a diagnostic says otherwise. */
    public Severity severity() {
        return severity;
    }

    /** The code that is shown as {@code id}, in any case of letters. */
    public static Optional<Code> of(String id) {
        return Optional.ofNullable(BY_ID.get(id.toUpperCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return id();
    }
}
