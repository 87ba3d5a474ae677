package dev.fovea.ops;

import java.util.List;
import java.util.Locale;

/** The shape rule, the parameters and the cost of {@link Conv}. */
final class ConvShape {
    private ConvShape() {}

    static Shape infer(Conv op, List<Shape> inputs, Findings findings) throws Misfit {
        Shape input = inputs.get(0);
        Require.image("conv", input);
        checkGroups(op.groups(), input.channels(), op.channels());
        if (!op.connections().isEmpty()) {
            checkConnections(op, input.channels());
        }
        Window window = Window.over(input, op.kernel(), op.stride(), op.padding(), op.dilation(), op.round());
        checkPadding(op, window);
        window.report(op.padding(), findings);
        return window.output(op.channels());
    }

    static List<Parameter> parameters(Conv op, Shape input) {
        int seen = input.channels() / op.groups();
        Shape shape =
                Shape.of(op.channels(), seen, op.kernel().height(), op.kernel().width());
        long area = Math.multiplyExact((long) op.kernel().height(), op.kernel().width());
        long fanIn = weights(op, input) / op.channels();
        long fanOut = op.connections().isEmpty()
                ? Math.multiplyExact(op.channels(), area)
                : weights(op, input) / input.channels();
        Parameter weight =
                new Parameter("weight", shape, Parameter.Role.TRAINABLE, op.init(), fanIn, fanOut, op.connections());
        if (!op.bias()) {
            return List.of(weight);
        }
        return List.of(
                weight, Parameter.trainable("bias", Shape.of(op.channels()), Initializer.DEFAULT, fanIn, fanOut));
    }

    /** The weights that are read: a multiply-add each for every position of the output. */
    static long weights(Conv op, Shape input) {
        long pairs = op.connections().isEmpty()
                ? Math.multiplyExact((long) op.channels(), input.channels() / op.groups())
                : op.connections().stream().mapToLong(List::size).sum();
        return Math.multiplyExact(
                pairs,
                Math.multiplyExact((long) op.kernel().height(), op.kernel().width()));
    }

    static long macs(Conv op, Shape input, Shape output) {
        return Math.multiplyExact(weights(op, input), (long) output.height() * output.width());
    }

    /** Groups that divide the channels on both sides; CNN0302 otherwise. */
    static void checkGroups(int groups, int inputs, int outputs) throws Misfit {
        if (inputs % groups == 0 && outputs % groups == 0) {
            return;
        }
        String which = inputs % groups != 0
                ? "the input has " + inputs + " channels: " + inputs + "/" + groups
                : "the output has " + outputs + " channels: " + outputs + "/" + groups;
        throw new Misfit(
                "CNN0302",
                "the groups do not divide the channels",
                which + " is no whole number",
                List.of("both " + inputs + " and " + outputs + " can be cut into " + Divisors.groups(inputs, outputs)));
    }

    private static void checkConnections(Conv op, int inputs) throws Misfit {
        List<List<Integer>> table = op.connections();
        if (op.groups() != 1) {
            throw wrongTable("a table and groups=" + op.groups() + " exclude each other", "leave `groups` out");
        }
        if (table.size() != op.channels()) {
            throw wrongTable(
                    "it has " + Formula.count(table.size(), "row") + " for "
                            + Formula.count(op.channels(), "output channel"),
                    "give a list of input channels for each of the " + op.channels() + " output channels");
        }
        for (int row = 0; row < table.size(); row++) {
            List<Integer> seen = table.get(row);
            if (seen.isEmpty()) {
                throw wrongTable("row " + row + " is empty", "an output channel must see at least one input channel");
            }
            if (seen.stream().distinct().count() != seen.size()) {
                throw wrongTable("row " + row + " names a channel twice: " + seen, "name each channel once");
            }
            for (int channel : seen) {
                if (channel < 0 || channel >= inputs) {
                    throw wrongTable(
                            "row " + row + " names channel " + channel + " of " + inputs,
                            "the input's channels are 0 to " + (inputs - 1));
                }
            }
        }
    }

    private static Misfit wrongTable(String label, String help) {
        return new Misfit("CNN0307", "the connection table is wrong", label, List.of(help));
    }

    private static void checkPadding(Conv op, Window window) throws Misfit {
        checkPadding(op, window.rows(), "row");
        checkPadding(op, window.columns(), "column");
    }

    private static void checkPadding(Conv op, Window.Axis axis, String noun) throws Misfit {
        long most = op.paddingMode().limit(axis.input());
        long needed = Math.max(axis.before(), axis.after() + axis.overhang());
        if (needed <= most) {
            return;
        }
        String word = op.paddingMode().name().toLowerCase(Locale.ROOT);
        throw new Misfit(
                "CNN0303",
                "the padding is too large for padding_mode=\"" + word + "\"",
                "padding " + needed + " on " + Formula.count(axis.input(), noun) + ": at most " + most,
                List.of("use padding=" + most + " or less, or padding_mode=\"replicate\""));
    }
}
