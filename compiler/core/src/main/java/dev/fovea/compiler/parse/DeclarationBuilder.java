package dev.fovea.compiler.parse;

import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Annotation;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Documentation;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.grammar.CnnParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** Builds one declaration. */
final class DeclarationBuilder {

    private final Tree tree;
    private final ExpressionBuilder expressions;
    private final ParameterBuilder parameters;
    private final StatementBuilder statements;
    private final RecipeBuilder recipes;

    DeclarationBuilder(Tree tree) {
        this.tree = tree;
        this.expressions = new ExpressionBuilder(tree);
        this.parameters = new ParameterBuilder(tree, expressions);
        this.statements = new StatementBuilder(tree, expressions);
        this.recipes = new RecipeBuilder(tree, expressions);
    }

    /** The declaration; the parser has found no fault in it but in its body. */
    Declaration build(CnnParser.DeclarationContext context) {
        ParserRuleContext kind = kind(context).orElseThrow();
        Optional<Documentation> documentation = tree.documentation(context.getStart(), kind.getStart());
        List<Annotation> annotations =
                context.annotation().stream().map(expressions::annotation).toList();
        Span span = tree.span(context);
        if (kind instanceof CnnParser.ConstDeclarationContext constant) {
            return new Declaration.Const(
                    documentation,
                    annotations,
                    tree.identifier(constant.identifier()),
                    expressions.build(constant.expression()),
                    span);
        }
        if (kind instanceof CnnParser.FunctionDeclarationContext function) {
            return new Declaration.Function(
                    documentation,
                    annotations,
                    tree.identifier(function.identifier()),
                    parameters.typed(function.parameters(), "function"),
                    Optional.ofNullable(function.type()).map(parameters::type),
                    expressions.build(function.expression()),
                    span);
        }
        if (kind instanceof CnnParser.BlockDeclarationContext block) {
            return new Declaration.Block(
                    documentation,
                    annotations,
                    tree.identifier(block.identifier()),
                    parameters.ofBlock(block.parameters()),
                    statements.ofBlock(block.body()),
                    span);
        }
        if (kind instanceof CnnParser.ModelDeclarationContext model) {
            return model(model, documentation, annotations, span);
        }
        CnnParser.TrainDeclarationContext train = context.trainDeclaration();
        boolean named = train.COLON() != null;
        return new Declaration.Train(
                documentation,
                annotations,
                named ? Optional.of(tree.identifier(train.identifier(0))) : Optional.empty(),
                tree.identifier(train.identifier(named ? 1 : 0)),
                recipes.build(train.recipeBody()),
                span);
    }

    private Declaration model(
            CnnParser.ModelDeclarationContext model,
            Optional<Documentation> documentation,
            List<Annotation> annotations,
            Span span) {
        Identifier name = tree.identifier(model.identifier());
        List<Parameter> typed = model.parameters() == null ? List.of() : parameters.typed(model.parameters(), "model");
        if (model.invocation() != null) {
            return new Declaration.ModelInstance(
                    documentation,
                    annotations,
                    name,
                    typed,
                    expressions.invocation(model.invocation()),
                    model.body() == null ? List.of() : statements.ofInstance(model.body()),
                    span);
        }
        return new Declaration.Model(documentation, annotations, name, typed, statements.ofModel(model.body()), span);
    }

    /** Reports the faults in the intact parts of a declaration that is not intact as a whole. */
    void check(CnnParser.DeclarationContext context) {
        kind(context).ifPresent(kind -> {
            kind.getRuleContexts(CnnParser.BodyContext.class).forEach(statements::check);
            kind.getRuleContexts(CnnParser.RecipeBodyContext.class).forEach(recipes::check);
        });
    }

    /** Where the part of a declaration in front of its body ends, as an offset; its end where it has none. */
    int endOfHead(CnnParser.ItemContext item) {
        return kind(item.declaration())
                .flatMap(kind -> kind.getRuleContexts(ParserRuleContext.class).stream()
                        .filter(child ->
                                child instanceof CnnParser.BodyContext || child instanceof CnnParser.RecipeBodyContext)
                        .findFirst())
                .map(body -> body.getStart().getStartIndex())
                .orElse(item.getStop().getStopIndex() + 1);
    }

    /** What is left of a declaration with a fault: its kind and name; nothing where even its kind is unknown. */
    Optional<Declaration> broken(CnnParser.DeclarationContext context) {
        Optional<ParserRuleContext> found = kind(context);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ParserRuleContext declaration = found.get();
        List<CnnParser.IdentifierContext> names =
                declaration.getRuleContexts(CnnParser.IdentifierContext.class).stream()
                        .filter(name -> name.exception == null && name.getStop() != null)
                        .toList();
        Declaration.Kind kind = kindOf(declaration);
        boolean nameless =
                kind == Declaration.Kind.TRAIN && context.trainDeclaration().COLON() == null;
        Optional<Identifier> name =
                nameless ? Optional.empty() : names.stream().findFirst().map(tree::identifier);
        if (name.isEmpty() && kind != Declaration.Kind.TRAIN) {
            tree.log().markNamesIncomplete();
        }
        return Optional.of(new Declaration.Broken(kind, name, tree.span(context)));
    }

    private static Optional<ParserRuleContext> kind(CnnParser.DeclarationContext context) {
        return context.getRuleContexts(ParserRuleContext.class).stream()
                .filter(child -> !(child instanceof CnnParser.AnnotationContext))
                .findFirst();
    }

    private static Declaration.Kind kindOf(ParserRuleContext declaration) {
        return switch (declaration.getRuleIndex()) {
            case CnnParser.RULE_constDeclaration -> Declaration.Kind.CONST;
            case CnnParser.RULE_functionDeclaration -> Declaration.Kind.FUN;
            case CnnParser.RULE_blockDeclaration -> Declaration.Kind.BLOCK;
            case CnnParser.RULE_modelDeclaration -> Declaration.Kind.MODEL;
            default -> Declaration.Kind.TRAIN;
        };
    }
}
