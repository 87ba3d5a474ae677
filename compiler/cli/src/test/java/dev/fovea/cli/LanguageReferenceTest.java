package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.MarkdownPage.Block;
import dev.fovea.compiler.check.RecipeWords;
import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.parse.Parser;
import dev.fovea.compiler.resolve.BuiltIns;
import dev.fovea.compiler.resolve.Quantities;
import dev.fovea.compiler.syntax.Unit;
import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.compiler.syntax.concrete.Rule;
import dev.fovea.grammar.CnnLexer;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.OperatorFamily;
import dev.fovea.ops.Ops;
import dev.fovea.ops.Registry;
import dev.fovea.ops.recipe.Recipes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Vocabulary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the language has is on a page, in an example that {@link DocumentationTest} compiles. */
class LanguageReferenceTest {
    private static final Path PAGES = MarkdownPage.ROOT.resolve("grammar/docs");
    private static final Path RECIPES = PAGES.resolve("recipes.md");

    /** The tokens of all examples that are without fault. */
    private static final Set<String> WORDS = new HashSet<>();

    private static final Set<Rule> RULES = EnumSet.noneOf(Rule.class);

    @BeforeAll
    static void readExamples() {
        MarkdownPage.below(PAGES).stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals("cnn"))
                .forEach(LanguageReferenceTest::read);
    }

    private static void read(Block block) {
        Parser.concrete("example.cnn", block.text().getBytes(StandardCharsets.UTF_8), new DiagnosticSink())
                .ifPresent(LanguageReferenceTest::collect);
    }

    private static void collect(Element element) {
        if (element instanceof Element.Branch branch) {
            RULES.add(branch.rule());
            branch.children().forEach(LanguageReferenceTest::collect);
        } else if (element instanceof Element.Leaf leaf) {
            WORDS.add(leaf.text());
        }
    }

    /** All but that of what stands in the braces of a message, which is part of a string's token. */
    @Test
    void everyRuleOfTheGrammarHasAnExample() {
        assertThat(RULES).containsAll(EnumSet.complementOf(EnumSet.of(Rule.HOLE)));
    }

    @Test
    void everyWordAndSignOfTheGrammarHasAnExample() {
        Vocabulary vocabulary = CnnLexer.VOCABULARY;
        List<String> literals = IntStream.rangeClosed(1, vocabulary.getMaxTokenType())
                .filter(type -> type != CnnLexer.PIPE) // no sign of the language: it is read as the arrow, and a fault
                .mapToObj(vocabulary::getLiteralName)
                .filter(name -> name != null)
                .map(name -> name.substring(1, name.length() - 1))
                .toList();
        assertThat(literals).contains("model", "->", "layerwise");
        assertThat(WORDS).containsAll(literals);
    }

    @Test
    void whatEveryFileKnowsHasAnExample() {
        List<String> names = new ArrayList<>(BuiltIns.FUNCTIONS);
        names.addAll(List.of(BuiltIns.REPEAT, BuiltIns.SHARE));
        names.addAll(BuiltIns.ANNOTATIONS);
        names.addAll(List.of("int", "float", "bool", "string"));
        names.addAll(Quantities.NAMES);
        names.addAll(Quantities.MODES);
        names.addAll(Arrays.stream(Unit.values()).map(Unit::symbol).toList());
        assertThat(WORDS).containsAll(names);
    }

    @Test
    void everyWarningIsListed() {
        String page = MarkdownPage.read(PAGES.resolve("annotations.md")).text();
        Stream.of(Code.values())
                .filter(code -> code.severity() == Severity.WARNING)
                .forEach(code -> assertThat(page).contains("| `" + code.word() + "` | " + code.id() + " |"));
    }

    @ParameterizedTest
    @MethodSource("registries")
    void whatARecipeCanNameIsOnItsPage(List<String> names) {
        String page = MarkdownPage.read(RECIPES).text();
        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(page).containsPattern("\\b" + name + "\\b"));
    }

    static Stream<List<String>> registries() {
        List<String> losses = Ops.ALL.stream()
                .filter(def -> def.family() == OperatorFamily.LOSS)
                .map(OpDef::name)
                .toList();
        return Stream.concat(
                Stream.of(losses),
                Stream.of(
                                Recipes.OPTIMIZERS,
                                Recipes.SCHEDULES,
                                Recipes.AUGMENTATIONS,
                                Recipes.METRICS,
                                Recipes.LAYERWISE,
                                RecipeWords.CHECKPOINTS,
                                RecipeWords.RULES,
                                RecipeWords.AVERAGES,
                                RecipeWords.STOPS,
                                RecipeWords.KEEPS)
                        .map(Registry::names));
    }

    @Test
    void everyPageIsInTheIndex() {
        MarkdownPage index = MarkdownPage.read(PAGES.resolve("README.md"));
        MarkdownPage.below(PAGES).stream()
                .filter(page ->
                        page.path().getParent().equals(PAGES) && !page.path().equals(index.path()))
                .forEach(page -> assertThat(index.links())
                        .contains(page.path().getFileName().toString()));
    }
}
