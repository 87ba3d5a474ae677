package dev.fovea.opencl;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** See {@link RequiresOpenCl}. */
final class OpenClCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        OpenClProvider provider = new OpenClProvider();
        if (!provider.devices().isEmpty()) {
            return ConditionEvaluationResult.enabled(provider.devices().get(0).name());
        }
        if ("required".equals(System.getenv("FOVEA_OPENCL"))) {
            throw new AssertionError("FOVEA_OPENCL=required, but there is no OpenCL device: " + provider.absence());
        }
        System.err.println("SKIPPED " + context.getDisplayName() + ": no OpenCL device: " + provider.absence());
        return ConditionEvaluationResult.disabled("no OpenCL device: " + provider.absence());
    }
}
