package dev.fovea.compiler.draw;

import java.util.List;

/**
 * Boxes in a box, with arrows between them.
 *
 * @param boxes in the order of the model
 * @param arrows between them, each once
 */
record Diagram(List<Box> boxes, List<Arrow> arrows) {

    /** The place of an arrow's end that is the border of the box around. */
    static final int BORDER = -1;

    Diagram {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /**
     * A box.
     *
     * @param title its heading
     * @param details a line of arguments; may be empty
     * @param remark its label and parameters, in small print
     * @param shape what it gives; may be empty
     * @param family its kind
     * @param dashed whether it is there while training only
     * @param inner what is in it; no boxes in one that is closed or no block
     */
    record Box(
            String title, String details, String remark, String shape, Family family, boolean dashed, Diagram inner) {

        boolean isOpen() {
            return !inner.boxes.isEmpty();
        }
    }

    /**
     * An arrow.
     *
     * @param from the place of a box, or {@link #BORDER}
     * @param to likewise
     */
    record Arrow(int from, int to) {}

    static final Diagram EMPTY = new Diagram(List.of(), List.of());
}
