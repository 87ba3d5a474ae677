package dev.fovea.compiler.value;

import java.util.List;

/** Values as messages write them: whole in short, or by their kind. */
public final class ValueText {
    /** No message grows beyond this by one value. */
    private static final int LONGEST = 120;

    private ValueText() {}

    /** As the language writes it, cut where it is long: {@code [2, 2, 2, 2]}. */
    public static String of(Value value) {
        StringBuilder out = new StringBuilder();
        append(value, out);
        return out.length() > LONGEST ? out.substring(0, LONGEST) + "…" : out.toString();
    }

    /** Kind and value, to follow "is": {@code the string "same"}, {@code a tensor [6, 28, 28]}. */
    public static String described(Value value) {
        if (value instanceof Value.Int) {
            return "the int " + of(value);
        }
        if (value instanceof Value.Real) {
            return "the float " + of(value);
        }
        if (value instanceof Value.Bool) {
            return "the bool " + of(value);
        }
        if (value instanceof Value.Text) {
            return "the string " + of(value);
        }
        if (value instanceof Value.Items items) {
            return (items.isTuple() ? "the tuple " : "the list ") + of(value);
        }
        if (value instanceof Value.Filling) {
            return "an initialiser";
        }
        return of(value);
    }

    /** A number as people write it: no exponent where it is short without, no {@code .0}. */
    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Double.toString(value).replace("E", "e");
    }

    private static void append(Value value, StringBuilder out) {
        if (out.length() > LONGEST) {
            return;
        }
        if (value instanceof Value.Int number) {
            out.append(number.value());
        } else if (value instanceof Value.Real number) {
            String text = Double.toString(number.value()).replace("E", "e");
            out.append(text);
        } else if (value instanceof Value.Bool truth) {
            out.append(truth.value());
        } else if (value instanceof Value.Text text) {
            out.append('"').append(text.value()).append('"');
        } else if (value instanceof Value.Items items) {
            append(items.elements(), items.isTuple() ? '(' : '[', items.isTuple() ? ')' : ']', out);
        } else if (value instanceof Value.Filling filling) {
            out.append(filling.initializer());
        } else if (value instanceof Value.Tensor tensor) {
            out.append("a tensor ").append(tensor.shape());
        } else if (value instanceof Value.Layer layer) {
            out.append("the layer `")
                    .append(layer.name())
                    .append("` (`")
                    .append(layer.op().name())
                    .append("`)");
        } else if (value instanceof StageValue stage) {
            out.append("the stage `").append(stage.name()).append('`');
        } else {
            out.append("unknown");
        }
    }

    private static void append(List<Value> elements, char open, char close, StringBuilder out) {
        out.append(open);
        String separator = "";
        for (Value element : elements) {
            if (out.length() > LONGEST) {
                return;
            }
            out.append(separator);
            append(element, out);
            separator = ", ";
        }
        out.append(close);
    }
}
