/**
 * Pictures of graphs.
 *
 * <p>In: a graph and how deeply its blocks are to be opened. Out: SVG, DOT or Mermaid. {@link
 * dev.fovea.compiler.draw.Diagram} is what is to be drawn, boxes in boxes with arrows; the SVG form is laid out here (layers
 * after Sugiyama, Tagawa and Toda, 1981; places by isotonic regression), the other two leave that to their readers. Nothing
 * can go wrong.
 */
@NullMarked
package dev.fovea.compiler.draw;

import org.jspecify.annotations.NullMarked;
