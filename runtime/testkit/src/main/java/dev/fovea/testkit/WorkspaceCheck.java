package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.OpDef;
import dev.fovea.runtime.kernels.Kernels;
import java.util.function.Supplier;

/** What kernels hold when they have run is what was counted without running them. */
final class WorkspaceCheck {
    private WorkspaceCheck() {}

    static void check(OpDef.Sample sample, Supplier<Kernels> kernels, Supplier<Kernels> counting) {
        OpCase of = OpCase.of(sample, 1, 20);
        for (Wiring wiring : new Wiring[] {Wiring.TRAINING, Wiring.INFERENCE}) {
            long counted;
            try (Kernels device = counting.get();
                    Rig rig = new Rig(device, of, wiring)) {
                assertThat(rig).isNotNull();
                device.ready();
                counted = device.workspaceBytes();
            }
            try (Kernels device = kernels.get();
                    Rig rig = new Rig(device, of, wiring)) {
                device.ready();
                rig.forward(of.inputs(), of.batch(), 0);
                if (wiring.training()) {
                    rig.backward(0);
                }
                assertThat(counted).as("bytes, %s", wiring.name()).isEqualTo(device.workspaceBytes());
            }
        }
    }
}
