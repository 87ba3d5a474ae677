package dev.fovea.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.pass.Program;
import dev.fovea.ops.recipe.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** The recipes of a model, as constants of a nested class: {@code LeNet5.Recipe.DEFAULT}. */
final class RecipeEmitter {
    private static final ClassName RECIPE = ClassName.get("dev.fovea.runtime.train", "Recipe");

    private final Program program;

    private RecipeEmitter(Program program) {
        this.program = program;
    }

    /** The nested class; empty when the model has no recipe. */
    static Optional<TypeSpec> recipes(Program program) {
        List<Recipe> recipes = program.graph().recipes();
        if (recipes.isEmpty()) {
            return Optional.empty();
        }
        RecipeEmitter emitter = new RecipeEmitter(program);
        JavaNames names = new JavaNames().reserve("ALL");
        TypeSpec.Builder type = TypeSpec.classBuilder(className(program))
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The training recipes of the model.\n")
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        List<CodeBlock> all = new ArrayList<>();
        for (Recipe recipe : recipes) {
            String constant =
                    recipe.name().isEmpty() ? names.constant("DEFAULT", "") : names.constant(recipe.name(), "recipe");
            all.add(CodeBlock.of("$N", constant));
            type.addField(FieldSpec.builder(RECIPE, constant, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                    .addJavadoc(
                            "$L",
                            recipe.name().isEmpty()
                                    ? "The unnamed recipe.\n"
                                    : "The recipe {@code " + recipe.name() + "}.\n")
                    .initializer(emitter.recipe(recipe))
                    .build());
        }
        type.addField(FieldSpec.builder(
                        ParameterizedTypeName.get(ClassName.get(List.class), RECIPE),
                        "ALL",
                        Modifier.PUBLIC,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .addJavadoc("All of them, the unnamed one first.\n")
                .initializer("$T.of($L)", List.class, CodeBlock.join(all, ", "))
                .build());
        return Optional.of(type.build());
    }

    /** A class and one inside it cannot share a name. */
    private static String className(Program program) {
        return program.graph().name().equals("Recipe") ? "Recipes" : "Recipe";
    }

    private CodeBlock recipe(Recipe recipe) {
        return CodeBlock.builder()
                .add("new $T(\n$>$>$S,\n", RECIPE, recipe.name())
                .add(
                        "$T.of($L),\n",
                        List.class,
                        CodeBlock.join(
                                recipe.targets().stream().map(this::target).toList(), ", "))
                .add(recipe.fills().isEmpty() ? CodeBlock.of("") : CodeBlock.of("$L,\n", Literals.of(recipe.fills())))
                .add(
                        "$T.of($L))$<$<",
                        List.class,
                        CodeBlock.join(recipe.phases().stream().map(this::phase).toList(), ",\n"))
                .build();
    }

    private CodeBlock target(Recipe.Target target) {
        return CodeBlock.of(
                "new $T($S, $L, $L)",
                RECIPE.nestedClass("Target"),
                target.name(),
                Literals.of(target.shape()),
                Literals.of(target.classes()));
    }

    private CodeBlock phase(Recipe.Phase phase) {
        List<CodeBlock> losses = phase.losses().stream()
                .map(term -> CodeBlock.of(
                        "new $T($L, $L, $S, $S)",
                        RECIPE.nestedClass("LossTerm"),
                        Literals.of(term.weight()),
                        Literals.of(term.loss()),
                        Ports.name(program, term.prediction()),
                        term.target()))
                .toList();
        List<CodeBlock> metrics = phase.metrics().stream()
                .map(use -> CodeBlock.of(
                        "new $T($L, $S, $S)",
                        RECIPE.nestedClass("MetricUse"),
                        Literals.of(use.metric()),
                        Ports.name(program, use.prediction()),
                        use.target()))
                .toList();
        CodeBlock.Builder code = CodeBlock.builder()
                .add("new $T(\n$>$>$S,\n", RECIPE.nestedClass("Phase"), phase.name())
                .add("$T.of($L),\n", List.class, CodeBlock.join(losses, ", "))
                .add("$L,\n", Literals.of(phase.optimizer()))
                .add("$L,\n", Literals.of(phase.schedule()))
                .add("$L,\n$L,\n", phase.batch(), phase.epochs())
                .add("$L,\n", Literals.of(phase.augmentations()))
                .add("$T.of($L),\n", List.class, CodeBlock.join(metrics, ", "))
                .add(
                        "$L,\n$L,\n$L)$<$<",
                        Literals.of(phase.frozen()),
                        Literals.of(phase.clipNorm()),
                        Literals.of(phase.seed()));
        // What most recipes do not have is left out, for the reader's sake.
        if (!phase.regime().equals(Regime.PLAIN)) {
            code.add("\n$>$>.with($L)$<$<", Literals.of(phase.regime()));
        }
        phase.stage().ifPresent(stage -> code.add("\n$>$>.with($L)$<$<", stage(stage)));
        if (!phase.fills().isEmpty()) {
            code.add("\n$>$>.filling($L)$<$<", Literals.list(phase.fills()));
        }
        return code.build();
    }

    private CodeBlock stage(Recipe.Stage stage) {
        String source =
                stage.ofInput() ? program.graph().node(stage.source()).name() : Ports.name(program, stage.source());
        return CodeBlock.of(
                "new $T(\n$>$>$L,\n$L,\n$L,\n$S,\n$L)$<$<",
                RECIPE.nestedClass("Stage"),
                Literals.of(stage.method()),
                Literals.of(stage.layer()),
                Literals.of(stage.decoder()),
                source,
                stage.ofInput());
    }
}
