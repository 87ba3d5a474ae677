/**
 * What an operator is, without its arithmetic: one record an operator, holding its resolved arguments and the definition
 * the whole product reads (arguments with defaults and limits, shape rule, parameters, cost, what backward reads,
 * documentation, samples for the tests).
 *
 * <p>Start with {@link dev.fovea.ops.OpDef}, then read one operator, {@link dev.fovea.ops.Lrn} say, then the registry
 * {@link dev.fovea.ops.Ops}. A shape rule that cannot be met throws {@link dev.fovea.ops.Misfit}, which carries the text
 * of a diagnostic; nothing else here fails. This module depends on nothing.
 */
@NullMarked
package dev.fovea.ops;

import org.jspecify.annotations.NullMarked;
