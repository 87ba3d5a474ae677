package dev.fovea.compiler.graph;

import dev.fovea.compiler.source.Span;
import dev.fovea.ops.Shape;
import java.util.List;

/** A node of the graph; stands for the one tensor it gives. */
public sealed interface Node permits InputNode, OpNode {
    /** Its place in the graph. */
    int id();

    /** Its whole dotted name: {@code layer1.0.conv1}, or the input's name. */
    String name();

    /** Per sample. */
    Shape shape();

    /** The ids of what it reads, in the operator's order. */
    List<Integer> inputs();

    /** Whether it is left out at inference because only train-only outputs need it. */
    boolean trainOnly();

    /** Where it stands in the file: the operator's call. */
    Span span();
}
