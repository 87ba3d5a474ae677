package dev.fovea.cli;

import java.util.List;

/**
 * A piece of work of a step.
 *
 * @param layers whose it is: a layer, and what is done with it in one: its activation, layers folded into it
 * @param operator its name in the language, or the optimizer's
 * @param pass what is computed of it: {@code input gradient}; may be empty
 * @param algorithm by which way, where there is a choice; else empty
 * @param output the shape of the layer's output; empty where there is none
 */
record StepWork(List<String> layers, String operator, String pass, String algorithm, String output) {
    StepWork {
        layers = List.copyOf(layers);
    }

    /** What concerns all parameters together. */
    static StepWork ofParameters(String operator, String pass) {
        return new StepWork(List.of("(parameters)"), operator, pass, "", "");
    }

    /** The layer it is called after. */
    String layer() {
        return layers.get(0);
    }

    /** The kind of kernel: {@code conv input gradient, winograd}. */
    String kernel() {
        return operator + (pass.isEmpty() ? "" : " " + pass) + (algorithm.isEmpty() ? "" : ", " + algorithm);
    }

    /** All layers in one: {@code layer1.conv2 + bn2 + add}. */
    String title() {
        int scope = layer().lastIndexOf('.') + 1;
        StringBuilder title = new StringBuilder(layer());
        for (String other : layers.subList(1, layers.size())) {
            title.append(" + ").append(other.startsWith(layer().substring(0, scope)) ? other.substring(scope) : other);
        }
        return title.toString();
    }
}
