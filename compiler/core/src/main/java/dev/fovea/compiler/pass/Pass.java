package dev.fovea.compiler.pass;

/** A rewriting of the program that keeps its meaning. */
public interface Pass {
    /** The rewritten program. */
    Program apply(Program program);
}
