/** How fast each family of kernels is, as a share of what the machine can do. */
@NullMarked
package dev.fovea.benchmarks;

import org.jspecify.annotations.NullMarked;
