/**
 * What an expression can come to at compile time: numbers, strings, lists, tensors of the graph, and stages that wait for
 * their tensor. In and out: the evaluator makes and reads these; they are immutable and compare by content. Nothing here
 * can go wrong: an operation on values that can is the evaluator's.
 */
@NullMarked
package dev.fovea.compiler.value;

import org.jspecify.annotations.NullMarked;
