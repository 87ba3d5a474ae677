package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;

/** Anything in the tree that has a place in the source. */
public interface Node {

    /** The text that this node was read from. */
    Span span();
}
