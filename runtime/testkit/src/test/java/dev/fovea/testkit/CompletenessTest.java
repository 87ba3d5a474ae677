package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Findings;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Ops;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Reads;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Trait;
import dev.fovea.testkit.oracle.Oracles;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator must have besides a kernel. */
class CompletenessTest {
    private static final Path OPS = Path.of(System.getProperty("basedir", "")).resolve("../ops");

    static List<OpDef<?>> all() {
        return Ops.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void hasWordsAndAFormula(OpDef<?> def) {
        assertThat(def.signature().summary()).matches("[a-z].*[^.]");
        assertThat(def.formula()).contains("y");
        assertThat(def.inputs()).isNotEmpty();
        assertThat(def.family()).isNotNull();
        assertThat(def.outputShape()).isNotEmpty().doesNotEndWith(".");
        def.signature().attributes().forEach(attribute -> assertThat(attribute.summary())
                .as(attribute.name())
                .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("all")
    void hasAnOracle(OpDef<?> def) {
        assertThat(Oracles.named(def.name())).isPresent();
    }

    /** Mistaken axes go unnoticed where two extents are equal. */
    @ParameterizedTest
    @MethodSource("all")
    void hasSamplesOfPairwiseDifferentExtents(OpDef<?> def) throws Exception {
        assertThat(def.samples()).hasSizeGreaterThanOrEqualTo(2);
        for (OpDef.Sample sample : def.samples()) {
            assertThat(def.admits(sample.inputs().size())).as(sample.toString()).isTrue();
            Shape output = def.infer(sample.op(), sample.inputs(), Findings.NONE);
            int batch = OpCase.batchFor(sample.inputs(), output);
            for (Shape shape : sample.inputs()) {
                List<Integer> extents = new ArrayList<>(shape.extents());
                extents.add(batch);
                assertThat(extents).as(sample.toString()).doesNotHaveDuplicates();
            }
        }
    }

    /** The shape rule against the shape that comes out of the oracle, views included. */
    @ParameterizedTest
    @MethodSource("all")
    void infersTheRealShape(OpDef<?> def) {
        for (OpDef.Sample sample : def.samples()) {
            OpCase of = OpCase.of(sample, 1, 1);
            assertThat(new Expected(of, false).bareOutput().sampleShape())
                    .as(sample.toString())
                    .isEqualTo(of.output());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void countsMultiplyAddsOfWeightsOnly(OpDef<?> def) throws Exception {
        for (OpDef.Sample sample : def.samples()) {
            Shape output = def.infer(sample.op(), sample.inputs(), Findings.NONE);
            List<Parameter> parameters = def.parameters(sample.op(), sample.inputs(), output);
            boolean hasMatrix = parameters.stream()
                    .anyMatch(p -> p.isTrainable() && p.shape().rank() > 1);
            assertThat(def.macs(sample.op(), sample.inputs(), output) > 0)
                    .as(sample.toString())
                    .isEqualTo(hasMatrix);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void hasAFreshPage(OpDef<?> def) throws Exception {
        GoldenFile.at("../ops/docs/" + def.name() + ".md").check(OperatorPage.of(def));
    }

    @ParameterizedTest
    @MethodSource("recipePages")
    void hasAFreshPage(RecipePage page) {
        GoldenFile.at("../ops/docs/recipe/" + page.file() + ".md").check(page.text());
    }

    static List<RecipePage> recipePages() {
        return RecipePage.all();
    }

    @Test
    void theIndexIsFresh() {
        GoldenFile.at("../ops/docs/README.md").check(OperatorIndex.text());
    }

    @Test
    void noPageIsLeftBehind() throws IOException {
        List<String> expected = new ArrayList<>(List.of("README.md", "devices.md"));
        Ops.names().forEach(name -> expected.add(name + ".md"));
        recipePages().forEach(page -> expected.add("recipe/" + page.file() + ".md"));
        Path docs = OPS.resolve("docs");
        try (Stream<Path> pages = Files.walk(docs)) {
            assertThat(pages.filter(Files::isRegularFile)
                            .map(page -> docs.relativize(page).toString().replace('\\', '/')))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void everyRecordIsListed() throws IOException {
        List<String> listed = Ops.ALL.stream()
                .map(def -> def.samples().get(0).op().getClass().getSimpleName())
                .toList();
        try (Stream<Path> sources = Files.list(OPS.resolve("src/main/java/dev/fovea/ops"))) {
            List<String> records = new ArrayList<>();
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = source.getFileName().toString().replace(".java", "");
                if (Files.readString(source).contains(" OpDef<" + name + "> DEF")) {
                    records.add(name);
                }
            }
            assertThat(listed).containsExactlyInAnyOrderElementsOf(records);
        }
        assertThat(Ops.ALL.stream().map(OpDef::name)).isSorted();
    }

    /** So that code can be generated that constructs it: see {@link Op}. */
    @ParameterizedTest
    @MethodSource("all")
    void hasComponentsThatCanBeWrittenAsLiterals(OpDef<?> def) {
        RecordComponent[] components = def.samples().get(0).op().getClass().getRecordComponents();
        assertThat(components).hasSameSizeAs(def.signature().attributes());
        assertThat(Arrays.stream(components).map(RecordComponent::getType))
                .allSatisfy(type -> assertThat(type.isPrimitive()
                                || type == String.class
                                || type == List.class
                                || type.getPackageName().equals("dev.fovea.ops"))
                        .as(type.toString())
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("all")
    void hasTraitsThatAgree(OpDef<?> def) {
        if (def.has(Trait.ACTIVATION)) {
            assertThat(def.has(Trait.IN_PLACE))
                    .as("an activation works in place")
                    .isTrue();
            assertThat(def.reads(Reads.INPUTS)).as("it is fused").isFalse();
        }
        if (def.has(Trait.IN_PLACE)) {
            assertThat(def.reads(Reads.INPUTS)).as("its input is gone").isFalse();
        }
    }
}
