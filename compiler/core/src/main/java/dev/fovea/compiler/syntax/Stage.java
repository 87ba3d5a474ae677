package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * One step of a pipeline: {@code -> conv1: conv(64, kernel=7) :: [64, 112, 112]}.
 *
 * @param label its label
 * @param operation what is applied: a call that lacks its tensor, a bare name, or any expression in parentheses whose
 *     value is a stage. Diagnostics about the stage point at it, behind the label
 * @param ascriptions the shapes stated for its result, usually none or one
 * @param span from the label or operation to the end, without the arrow
 */
public record Stage(Optional<Label> label, Expression operation, List<ShapePattern> ascriptions, Span span)
        implements Node {

    public Stage {
        ascriptions = List.copyOf(ascriptions);
    }
}
