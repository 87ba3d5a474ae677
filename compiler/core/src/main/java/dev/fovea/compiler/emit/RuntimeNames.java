package dev.fovea.compiler.emit;

import com.palantir.javapoet.ClassName;

/** The classes of the runtime that generated code mentions. The compiler does not depend on them: tests prove them right. */
final class RuntimeNames {
    static final ClassName COMPILED_MODEL = model("CompiledModel");
    static final ClassName MODEL_BUILDER = model("ModelBuilder");
    static final ClassName MODEL_SPEC = model("ModelSpec");
    static final ClassName SLOT = model("Slot");
    static final ClassName MODEL_PARAMETER = model("ModelParameter");
    static final ClassName BUILD_OPTIONS = model("BuildOptions");
    static final ClassName ASSEMBLY = model("Assembly");
    static final ClassName TENSOR = model("Tensor");
    static final ClassName PORT = model("Port");
    static final ClassName KERNEL = ClassName.get("dev.fovea.runtime.kernels", "Kernel");
    static final ClassName KERNELS = ClassName.get("dev.fovea.runtime.kernels", "Kernels");
    static final ClassName RUN = ClassName.get("dev.fovea.runtime.kernels", "Run");

    private RuntimeNames() {}

    private static ClassName model(String name) {
        return ClassName.get("dev.fovea.runtime.model", name);
    }
}
