package dev.fovea.cli;

import dev.fovea.compiler.plan.Plan;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.Workspace;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a processor runs a model built for training or for inference, call by call: its kernels are bound as they are for a run, to memory
 * that has only a length, and asked what a profile asks them.
 */
final class KernelWays {
    private final Map<String, Way> ways = new HashMap<>();
    private final String place;

    /**
     * How a call runs.
     *
     * @param by the call whose kernel does it as well, where it has none itself
     * @param algorithms of its passes, where there is a choice; none of what another does
     * @param inBlocks whether its output lies in channel blocks
     */
    record Way(Optional<String> by, Map<Pass, String> algorithms, boolean inBlocks) {
        /** By which algorithm a pass runs, where there is a choice. */
        Optional<String> algorithm(Pass pass) {
            return Optional.ofNullable(algorithms.get(pass));
        }
    }

    /**
     * Binds a model.
     *
     * @param training whether it is built for training; else it only infers
     * @throws dev.fovea.runtime.kernels.DeviceException when no processor could hold it
     */
    KernelWays(Machine machine, Plan plan, int batch, boolean training) {
        CpuKernels counting = machine.counting();
        place = counting.description();
        ProfiledKernels kernels = new ProfiledKernels(counting, () -> 0);
        PlannedModel model = new PlannedModel(plan);
        BuildOptions options = new BuildOptions("cpu", machine.threads(), batch, 1, training, false);
        Workspace.bytes(kernels, model.spec(), options, model::bind);
        List<String> inBlocks = counting.inBlocks().stream().map(Binding::name).toList();
        for (ProfiledKernel kernel : kernels.kernels()) {
            String name = kernel.binding().name();
            boolean blocks = inBlocks.contains(name);
            ways.put(name, new Way(Optional.empty(), algorithms(kernel.parts()), blocks));
            for (Binding absorbed : kernel.absorbed()) {
                ways.put(absorbed.name(), new Way(Optional.of(name), Map.of(), blocks));
            }
        }
    }

    private static Map<Pass, String> algorithms(List<KernelPart> parts) {
        Map<Pass, String> algorithms = new EnumMap<>(Pass.class);
        for (KernelPart part : parts) {
            if (!part.algorithm().isEmpty()) {
                algorithms.put(part.pass(), part.algorithm());
            }
        }
        return Collections.unmodifiableMap(algorithms);
    }

    /** The processor, for people: {@code CPU, 2 threads, 16 lanes}. */
    String place() {
        return place;
    }

    /** How a call runs; empty where no kernel does. */
    Optional<Way> of(String call) {
        return Optional.ofNullable(ways.get(call));
    }
}
