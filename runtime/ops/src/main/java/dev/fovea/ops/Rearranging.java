package dev.fovea.ops;

/** An operator each element of whose output is an element of its one input, or 0: it moves numbers and computes none. */
public interface Rearranging extends Op {
    /** Where the elements of the output come from, for an input of a shape that the shape rule accepts. */
    Rearrangement rearrangement(Shape input);
}
