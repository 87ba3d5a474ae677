/**
 * The Maven plugin: {@code fovea:generate} and {@code fovea:check}.
 *
 * <p>In: the {@code .cnn} files of a project and those in the jars it depends on. Out: Java sources in {@code
 * target/generated-sources/fovea}, the {@code .cnn} files as resources, diagnostics in the build's log. Errors in a model
 * fail the build as a fault of the project; Maven's types do not leave this package.
 */
@NullMarked
package dev.fovea.maven;

import org.jspecify.annotations.NullMarked;
