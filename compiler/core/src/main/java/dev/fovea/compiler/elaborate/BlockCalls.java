package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.resolve.Signatures;
import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.StageValue.AnonymousStage;
import dev.fovea.compiler.value.StageValue.BlockStage;
import dev.fovea.compiler.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls of blocks, with a name and without. */
final class BlockCalls {
    private final Evaluator evaluator;
    private final Applications applications;
    private final ModelRun run;
    private final ParameterBinder binder;

    BlockCalls(Evaluator evaluator, Applications applications, ModelRun run) {
        this.evaluator = evaluator;
        this.applications = applications;
        this.run = run;
        this.binder = new ParameterBinder(evaluator, run);
    }

    Value call(Symbol block, Expression.Call call, Context context, boolean asStage) {
        List<Parameter> parameters = Signatures.parameters(block.declaration()).orElse(List.of());
        ParameterBinder.Given given = binder.evaluate("block", block.name(), parameters, call.arguments(), context);
        binder.requireAll("block", block.name(), parameters, given, call.span(), context);
        StageValue stage = new BlockStage(block, Optional.of(given.values()), given.origins(), call.span());
        List<Parameter> missing = missingTensors(parameters, given.values());
        if (!asStage && missing.isEmpty()) {
            return applications.complete((BlockStage) stage, given.values(), Optional.empty(), call.span(), context);
        }
        if (missing.size() > 1 || (asStage && missing.isEmpty())) {
            int tensors = (int) parameters.stream().filter(Parameter::isTensor).count();
            run.fault(
                    ShapeFaults.tensorCount(
                            block.name(), count(tensors), tensors - missing.size() + (asStage ? 1 : 0), call.span()),
                    context);
            return Value.unknown();
        }
        return stage;
    }

    /** {@code one tensor}, {@code 3 tensors}. */
    static String count(int tensors) {
        return tensors == 0 ? "no tensor" : tensors == 1 ? "one tensor" : tensors + " tensors";
    }

    /** The tensor parameters that have no value yet. */
    static List<Parameter> missingTensors(List<Parameter> parameters, Map<String, Value> values) {
        return parameters.stream()
                .filter(parameter -> parameter.isTensor()
                        && !values.containsKey(parameter.name().name()))
                .toList();
    }

    Value callAnonymous(AnonymousStage stage, Expression.Call call, Context context, boolean asStage) {
        List<Value> values = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            argument.name().ifPresent(name -> run.fault(ValueFaults.unnamed("anonymous block", name), context));
            values.add(evaluator.evaluate(argument.value(), context));
        }
        int wanted = stage.block().parameters().size();
        if (!asStage && values.size() == wanted) {
            Value input = values.remove(0);
            StageValue bound = new AnonymousStage(stage.block(), stage.scope(), Optional.of(values));
            return applications.apply(bound, input, Optional.empty(), call.span(), context);
        }
        if (values.size() != wanted - 1) {
            run.fault(
                    ValueFaults.tooFewArguments(
                            "anonymous block", stage.name(), wanted, values.size() + (asStage ? 1 : 0), call.span()),
                    context);
            return Value.unknown();
        }
        return new AnonymousStage(stage.block(), stage.scope(), Optional.of(values));
    }
}
