/**
 * What the tests of several modules share, on the test class path only: golden files, the operator contract and its
 * oracles. Start with {@link dev.fovea.testkit.OpContract}.
 */
@NullMarked
package dev.fovea.testkit;

import org.jspecify.annotations.NullMarked;
