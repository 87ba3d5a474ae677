package dev.fovea.compiler.resolve;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Identifier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is said about names. */
public final class NameFaults {
    private NameFaults() {}

    static Diagnostic.Builder unknownPackage(Span span, String name, List<String> near) {
        Diagnostic.Builder fault = Diagnostic.of(Code.UNKNOWN_PACKAGE, span, "there is no package `" + name + "`")
                .label("looked for `" + Library.path(name) + "`");
        Nearest.suggest(fault, span, name, near);
        return fault.help("a package `a.b` is the file `a/b.cnn` below a source root: `--source-root` names one");
    }

    static Diagnostic.Builder packageWithoutNames(Span span, String name) {
        return Diagnostic.of(Code.UNKNOWN_PACKAGE, span, "`" + name + "` is a package: what of it is to be imported?")
                .label("an import ends with names, or with `*`")
                .help("`import " + name + ".*` brings all that `" + Library.path(name) + "` declares, `import " + name
                        + ".{A, B}` only these");
    }

    static Diagnostic.Builder unreadable(Span span, String name, String reason) {
        return Diagnostic.of(Code.UNREADABLE_IMPORT, span, "the file of package `" + name + "` cannot be read")
                .label(reason);
    }

    static Diagnostic.Builder otherPackage(Span span, String name, ResolvedFile found) {
        String says = found.packageName().isEmpty()
                ? "says no package"
                : "says that it is package `" + found.packageName() + "`";
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.PACKAGE_MISMATCH, span, "the file found for `" + name + "` is of another package")
                .label("`" + found + "` " + says);
        return fault.help("begin it with `package " + name + "`, or move it to where its package says");
    }

    static Diagnostic.Builder cycle(Span span, List<String> cycle) {
        return Diagnostic.of(Code.IMPORT_CYCLE, span, "the imports go round in a circle")
                .label(String.join(" → ", cycle))
                .help("move what both need into a file that imports neither");
    }

    static Diagnostic.Builder notInPackage(Identifier name, ResolvedFile target, Collection<String> declared) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.NOT_IN_PACKAGE,
                        name.span(),
                        "package `" + target.packageName() + "` declares no `" + name.name() + "`")
                .label("not in `" + target + "`");
        Nearest.suggest(fault, name.span(), name.name(), declared);
        return fault;
    }

    static Diagnostic.Builder declaredTwice(Identifier name, String kind, Span before) {
        return Diagnostic.of(Code.DECLARED_TWICE, name.span(), "`" + name.name() + "` is declared twice")
                .label("the second " + kind + " of this name")
                .related(before, "the first one is here");
    }

    static Diagnostic.Builder importedTwice(Identifier name, Symbol before) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.DECLARED_TWICE, name.span(), "the name `" + name.name() + "` is taken")
                .label("brings a second `" + name.name() + "` into this file");
        if (!before.isBroken()) {
            fault.related(before.identifier().span(), "the first one is here");
        }
        return fault.help("import it under another name: `" + name.name() + " as Other" + name.name() + "`");
    }

    static Diagnostic.Builder definedTwice(Identifier name, Span before) {
        return Diagnostic.of(Code.DEFINED_TWICE, name.span(), "`" + name.name() + "` is defined twice in one body")
                .label("has a value already")
                .related(before, "it is first defined here")
                .help("a name keeps its value: give the second one another name");
    }

    static Diagnostic.Builder unknown(Identifier name, String kind, Collection<String> candidates) {
        Diagnostic.Builder fault = unknown(name, kind);
        Nearest.suggest(fault, name.span(), name.name(), candidates);
        OtherFrameworks.habit(name.name()).ifPresent(fault::help);
        return fault;
    }

    /** A name that is called with arguments. */
    static Diagnostic.Builder unknownCallee(Identifier name, Collection<String> candidates) {
        Diagnostic.Builder fault = unknown(name, "name");
        Nearest.suggestCallee(fault, name.span(), name.name(), candidates);
        OtherFrameworks.habit(name.name()).ifPresent(fault::help);
        return fault;
    }

    private static Diagnostic.Builder unknown(Identifier name, String kind) {
        return Diagnostic.of(Code.UNKNOWN_NAME, name.span(), "there is no " + kind + " `" + name.name() + "`")
                .label("not declared, imported or built in");
    }

    /** A name in the place of a word that stands in quotes, such as {@code padding=same}. */
    static Diagnostic.Builder unquoted(Identifier name) {
        String quoted = "\"" + name.name() + "\"";
        return Diagnostic.of(Code.UNKNOWN_NAME, name.span(), "there is no name `" + name.name() + "`")
                .label("a word, not a name")
                .fix(name.span(), quoted, "write it in quotes: `" + quoted + "`");
    }

    static Diagnostic.Builder usedBefore(Identifier name, Span definition) {
        return Diagnostic.of(
                        Code.USED_BEFORE_DEFINITION, name.span(), "`" + name.name() + "` is used before it is defined")
                .label("defined on line " + definition.line())
                .related(definition, "the definition")
                .help("statements are worked through from top to bottom: move the definition up");
    }

    static Diagnostic.Builder ambiguous(Identifier name, List<Symbol> choices) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.AMBIGUOUS_NAME, name.span(), "`" + name.name() + "` comes from more than one import")
                .label("which of them?");
        for (Symbol choice : choices) {
            fault.related(
                    choice.identifier().span(), "declared in `" + choice.file().packageName() + "`");
        }
        return fault.help(
                "import it by name: `import " + choices.get(0).file().packageName() + "." + name.name() + "`");
    }

    static Diagnostic.Builder recursion(Symbol first, List<Symbol> cycle) {
        String round = String.join(
                " → ", cycle.stream().map(symbol -> "`" + symbol.name() + "`").toList());
        String message = cycle.size() == 2
                ? "`" + first.name() + "` is defined by itself"
                : "`" + first.name() + "` is defined by itself, through others";
        return Diagnostic.of(Code.RECURSION, first.identifier().span(), message)
                .label(round)
                .help(
                        "there is no recursion, so that every file ends: `repeat(n, stage)` applies a stage several times");
    }

    static Diagnostic.Builder unusedLet(Identifier name) {
        return Diagnostic.of(Code.UNUSED_LET, name.span(), "`" + name.name() + "` is never used")
                .label("no output depends on it: its layers are left out")
                .help("delete it, or call it `_" + name.name() + "`");
    }

    /** A named argument that the callee does not have. */
    public static Diagnostic.Builder unknownArgument(
            Identifier name, String kind, String callee, Collection<String> candidates) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_ARGUMENT,
                        name.span(),
                        "the " + kind + " `" + callee + "` has no argument `" + name.name() + "`")
                .label(candidates.isEmpty() ? "it takes none" : "no such argument");
        Optional<String> habit = OtherFrameworks.habit(name.name());
        habit.ifPresent(fault::help);
        if (!Nearest.suggest(fault, name.span(), name.name(), candidates) && !candidates.isEmpty() && habit.isEmpty()) {
            fault.help("its arguments are " + Nearest.list(List.copyOf(candidates), "and"));
        }
        return fault;
    }

    static Diagnostic.Builder unknownAnnotation(Identifier name) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_ANNOTATION, name.span(), "there is no annotation `@" + name.name() + "`")
                .label("unknown");
        if (!Nearest.suggest(fault, name.span(), name.name(), AnnotationChecker.NAMES)) {
            fault.help("the annotations are `@allow(…)` and, before a model, `@round(\"…\")`");
        }
        return fault;
    }

    static Diagnostic.Builder annotationForm(Span span, String wanted) {
        return Diagnostic.of(Code.ANNOTATION_FORM, span, "the annotation cannot be read so")
                .label(wanted);
    }

    static Diagnostic.Builder unknownWarning(Span span, String name, Collection<String> warnings) {
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.UNKNOWN_WARNING, span, "there is no warning `" + name + "` to allow")
                .label("unknown");
        if (!Nearest.suggest(fault, span, name, warnings)) {
            fault.help("the warnings are " + Nearest.list(List.copyOf(warnings), "and"));
        }
        return fault;
    }

    static Diagnostic.Builder constantCondition(Span span) {
        return Diagnostic.of(Code.CONSTANT_CONDITION, span, "the condition is always the same")
                .label("holds no name, so one branch can never be taken")
                .help("keep the branch that is meant");
    }

    static Diagnostic.Builder recipeTwice(Declaration.Train recipe) {
        Identifier place = recipe.name().orElse(recipe.model());
        String what = recipe.name().isPresent()
                ? "recipe `" + place.name() + "` for `" + recipe.model().name() + "`"
                : "unnamed recipe for `" + recipe.model().name() + "`";
        return Diagnostic.of(Code.DECLARED_TWICE, place.span(), "there are two recipes of one name")
                .label("the second " + what)
                .help("give it a name: `train other: " + recipe.model().name() + " { … }`");
    }

    static Diagnostic.Builder notAModel(Identifier name, Symbol symbol) {
        return Diagnostic.of(Code.NOT_A_MODEL, name.span(), "`" + name.name() + "` is not a model")
                .label("a " + DeclaredName.kind(symbol.declaration()))
                .related(symbol.identifier().span(), "declared here");
    }
}
