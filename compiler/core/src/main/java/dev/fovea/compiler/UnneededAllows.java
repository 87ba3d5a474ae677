package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.Warnings;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Annotation;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.compiler.syntax.Statement;
import dev.fovea.compiler.syntax.SyntaxFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds {@code @allow}s that allow nothing: the files are checked again with all of them blanked out, and one behind which
 * no such warning comes to light is not needed. What depends on who calls it, a block or a template, is not judged but for
 * warnings about its names.
 */
final class UnneededAllows {
    /** Warnings that do not depend on who calls. */
    private static final Set<Code> OF_NAMES = Set.of(Code.UNUSED_LET, Code.CONSTANT_CONDITION);

    /** A word of an annotation, with what the annotation stands before. */
    private record Allowed(Code code, Expression.Name word, Annotation annotation, Span place) {}

    private final List<Allowed> judged = new ArrayList<>();
    private boolean any;

    private UnneededAllows(List<SyntaxFile> files) {
        files.forEach(file -> file.declarations().forEach(this::collect));
    }

    /**
     * Warnings about the files' annotations.
     *
     * @param found what the check of the files has found, no errors
     * @param recheck gives what a check of other texts of the same files finds
     */
    static List<Diagnostic> in(
            List<SyntaxFile> files, List<Diagnostic> found, Function<List<StoredFile>, List<Diagnostic>> recheck) {
        UnneededAllows allows = new UnneededAllows(files);
        if (!allows.any) {
            return List.of();
        }
        Set<String> before = new HashSet<>();
        found.forEach(one -> before.add(one.toString()));
        List<Diagnostic> hidden = recheck
                .apply(files.stream().map(UnneededAllows::blanked).toList())
                .stream()
                .filter(one -> !before.contains(one.toString()))
                .toList();
        return allows.judged.stream()
                .filter(one -> hidden.stream().noneMatch(warning -> allows.concerns(warning, one)))
                .map(UnneededAllows::unneeded)
                .toList();
    }

    private void collect(Declaration declaration) {
        boolean isCalled = declaration instanceof Declaration.Block
                || (declaration instanceof Declaration.Model model && !isConcrete(model.parameters()));
        Set<Code> around = Warnings.allowedBy(declaration.annotations());
        collect(declaration.annotations(), declaration.span(), isCalled, around);
        for (Statement statement : statements(declaration)) {
            collect(statement.annotations(), statement.span(), isCalled, around);
        }
    }

    private static boolean isConcrete(List<Parameter> parameters) {
        return parameters.stream()
                .allMatch(parameter -> parameter.defaultValue().isPresent());
    }

    private static List<Statement> statements(Declaration declaration) {
        if (declaration instanceof Declaration.Block block) {
            return block.body();
        }
        return declaration instanceof Declaration.Model model ? model.body() : List.of();
    }

    private void collect(List<Annotation> annotations, Span place, boolean isCalled, Set<Code> around) {
        boolean isMeant = around.contains(Code.UNNEEDED_ALLOW)
                || Warnings.allowedBy(annotations).contains(Code.UNNEEDED_ALLOW);
        for (Annotation annotation : annotations) {
            for (Warnings.Word word : Warnings.allowed(annotation)) {
                any = true;
                if (!isMeant && (!isCalled || OF_NAMES.contains(word.code()))) {
                    judged.add(new Allowed(word.code(), word.name(), annotation, place));
                }
            }
        }
    }

    /** Whether a warning that came to light is one that an annotation hid, or may be. */
    private boolean concerns(Diagnostic warning, Allowed allowed) {
        if (warning.code() != allowed.code()) {
            return false;
        }
        boolean isThere = contains(allowed.place(), warning.span())
                || warning.related().stream().anyMatch(one -> contains(allowed.place(), one.span()));
        return isThere
                || judged.stream()
                        .noneMatch(one -> one.code() == warning.code() && contains(one.place(), warning.span()));
    }

    private static boolean contains(Span outer, Span inner) {
        return outer.file().path().equals(inner.file().path())
                && outer.start() <= inner.start()
                && inner.end() <= outer.end();
    }

    private static Diagnostic unneeded(Allowed allowed) {
        String name = allowed.code().word();
        Diagnostic.Builder warning = Diagnostic.of(
                        Code.UNNEEDED_ALLOW, allowed.word().span(), "`@allow(" + name + ")` allows nothing here")
                .label("no such warning arises");
        Span annotation = allowed.annotation().span();
        String text = annotation.file().text();
        if (allowed.annotation().arguments().size() == 1) {
            int end = annotation.end();
            while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            warning.fix(annotation.file().span(annotation.start(), end), "", "delete it");
        } else {
            Span word = allowed.word().span();
            boolean isFirst = allowed.annotation().arguments().get(0).value().equals(allowed.word());
            int start = isFirst ? word.start() : text.lastIndexOf(',', word.start());
            int end = isFirst ? text.indexOf(',', word.end()) + 1 : word.end();
            while (isFirst && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            warning.fix(annotation.file().span(start, end), "", "delete `" + name + "`");
        }
        return warning.build();
    }

    /** The file with white space in place of its {@code @allow}s, so that all else stands where it stood. */
    private static StoredFile blanked(SyntaxFile file) {
        SourceFile source = file.source();
        StringBuilder text = new StringBuilder(source.text());
        for (Declaration declaration : file.declarations()) {
            List<Annotation> all = new ArrayList<>(declaration.annotations());
            statements(declaration).forEach(statement -> all.addAll(statement.annotations()));
            for (Annotation annotation : all) {
                if (!Warnings.allowed(annotation).isEmpty()) {
                    for (int i = annotation.span().start();
                            i < annotation.span().end();
                            i++) {
                        text.setCharAt(i, text.charAt(i) == '\n' ? '\n' : ' ');
                    }
                }
            }
        }
        return new StoredFile(source.path(), text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
