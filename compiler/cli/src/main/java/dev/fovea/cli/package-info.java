/**
 * The {@code fovea} command: one class a subcommand.
 *
 * <p>In: arguments, files. Out: results on standard output, messages on standard error, and an {@link
 * dev.fovea.cli.ExitStatus}. Streams and arguments are handed in, so that tests need no process. What a user can mend is
 * a message; only a defect of ours has a stack trace, and only when asked for.
 *
 * <p>Read {@link dev.fovea.cli.Main}, then the command in question.
 */
@NullMarked
package dev.fovea.cli;

import org.jspecify.annotations.NullMarked;
