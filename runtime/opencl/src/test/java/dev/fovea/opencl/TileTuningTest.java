package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.opencl.ProductRequest.Tensors;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Window;
import dev.fovea.runtime.kernels.DeviceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How products are cut: what is chosen, what is kept, and that every choice computes the same. */
@RequiresOpenCl
class TileTuningTest {
    private static final long SEED = 5;
    private static final int BATCH = 3;
    private static final Window.Axis AXIS = new Window.Axis(21, 3, 1, 1, 1, 1, 21);
    private static final ConvolutionShape SHAPE = new ConvolutionShape(1, 40, 50, AXIS, AXIS, false, PaddingMode.ZEROS);

    @TempDir
    Path folder;

    private String before;

    @BeforeEach
    void forget() {
        TestDevice.first();
        before = System.setProperty(TileTuning.PROPERTY, "on");
        TileTuning.forget();
    }

    @AfterEach
    void restore() {
        System.setProperty(TileTuning.PROPERTY, before);
    }

    /** The products of a convolution of random numbers, and what they give. */
    private static final class Products implements AutoCloseable {
        final ClWork work;
        final Tensors tensors;

        Products(Optional<Path> folder) {
            this(TestDevice.first(), folder);
        }

        Products(ClDevice device, Optional<Path> folder) {
            work = new ClWork(device, new ProgramCache(folder));
            DeviceRegion weight = random(SHAPE.weights(), 0);
            DeviceRegion image = random((long) SHAPE.inputs() * SHAPE.area(), BATCH);
            DeviceRegion output = random((long) SHAPE.outputs() * SHAPE.outputArea(), BATCH);
            tensors = new Tensors(weight, image, output, weight.buffer(), BATCH);
        }

        private DeviceRegion random(long size, int samples) {
            int length = (int) size * Math.max(1, samples);
            Random random = new Random(SEED + size);
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = 2 * random.nextFloat() - 1;
            }
            ClBuffer buffer = work.memory("a test", length);
            buffer.write(0, values, 0, length);
            return new DeviceRegion(buffer, 0, samples == 0 ? 0 : size, size);
        }

        List<ProductRequest> requests() {
            return List.of(
                    ProductRequest.forward(SHAPE, tensors, Optional.empty(), Optional.empty(), false),
                    ProductRequest.input(SHAPE, tensors, Optional.empty(), Optional.empty(), false),
                    ProductRequest.weight(SHAPE, tensors, false, work.device()));
        }

        ProductRequest forward() {
            return requests().get(0);
        }

        /** The result of a product cut like this, its slices added up. */
        float[] result(ProductRequest request, ProductTiles tiles) {
            int slices = request.slices(tiles, work.device());
            long size = request.result().size() * (request.isSliced() ? slices : BATCH);
            ClBuffer room = work.memory("a result", size);
            DeviceRegion region = new DeviceRegion(
                    room, 0, request.result().stride(), request.result().size());
            new ConvolutionProduct(request.into(region), tiles, work).run(BATCH);
            float[] parts = new float[(int) size];
            room.read(0, parts, 0, parts.length);
            if (!request.isSliced()) {
                return parts;
            }
            float[] sum = new float[parts.length / slices];
            for (int i = 0; i < parts.length; i++) {
                sum[i % sum.length] += parts[i];
            }
            return sum;
        }

        List<? extends ProductTiles> choices(ProductRequest request) {
            return ProductTiles.choices(
                    work.device(), request.size(), work.device().largestGroup());
        }

        @Override
        public void close() {
            work.close();
        }
    }

    @Test
    void everyChoiceComputesTheSameAndEachAlwaysTheSameBits() {
        everyChoiceComputesTheSame(TestDevice.first());
    }

    @Test
    void everyChoiceForGpusComputesTheSameAndEachAlwaysTheSameBits() {
        everyChoiceComputesTheSame(TestDevice.asGpu());
    }

    private static void everyChoiceComputesTheSame(ClDevice device) {
        try (Products products = new Products(device, ProgramCache.ofUser().folder())) {
            for (ProductRequest request : products.requests()) {
                List<? extends ProductTiles> choices = products.choices(request);
                assertThat(choices).hasSizeGreaterThan(1).doesNotHaveDuplicates();
                float[] expected = products.result(request, choices.get(0));
                for (ProductTiles tiles : choices) {
                    float[] actual = products.result(request, tiles);
                    assertThat(products.result(request, tiles))
                            .as("%s again", tiles)
                            .isEqualTo(actual);
                    for (int i = 0; i < expected.length; i++) {
                        assertThat(actual[i])
                                .as("%s of %s, element %d", tiles, request.pass(), i)
                                .isCloseTo(expected[i], within(2e-4f));
                    }
                }
            }
        }
    }

    @Test
    void whatWasMeasuredIsKept() throws IOException {
        try (Products products = new Products(Optional.of(folder))) {
            List<? extends ProductTiles> choices = products.choices(products.forward());
            ProductTiles chosen = products.work.tuning().choose(products.forward(), products.work);
            assertThat(choices.stream().map(Object::toString)).contains(chosen.toString());
            assertThat(kept()).hasSize(1);
            for (ProductTiles other : choices) {
                Files.writeString(kept().get(0), other.toString());
                TileTuning.forget();
                assertThat(products.work.tuning().choose(products.forward(), products.work))
                        .isEqualTo(other);
            }
        }
    }

    @Test
    void whatIsKeptOfAnotherMakeIsMeasuredAgain() throws IOException {
        try (Products products = new Products(Optional.of(folder))) {
            products.work.tuning().choose(products.forward(), products.work);
            Files.writeString(kept().get(0), "CoreTiles of old");
            TileTuning.forget();
            ProductTiles chosen = products.work.tuning().choose(products.forward(), products.work);
            assertThat(Files.readAllLines(kept().get(0)))
                    .startsWith(chosen.toString())
                    .contains(products.forward().pass())
                    .filteredOn(line -> line.endsWith(" ns"))
                    .hasSameSizeAs(products.choices(products.forward()));
        }
    }

    @Test
    void nothingIsMeasuredWhereItIsOff() throws IOException {
        System.setProperty(TileTuning.PROPERTY, "off");
        choosesTheFirst(Optional.of(folder));
    }

    @Test
    void nothingIsMeasuredOnProcessorsUnlessAskedFor() throws IOException {
        System.setProperty(TileTuning.PROPERTY, "auto");
        if (TestDevice.first().kind() == ClDevice.Kind.CPU) {
            choosesTheFirst(Optional.of(folder));
        }
    }

    @Test
    void nothingIsMeasuredThatCannotBeKept() throws IOException {
        choosesTheFirst(Optional.empty());
    }

    @Test
    void anotherWordIsAMistake() {
        System.setProperty(TileTuning.PROPERTY, "yes");
        assertThatThrownBy(() -> new Products(Optional.empty()))
                .isInstanceOf(DeviceException.class)
                .hasMessage("fovea.opencl.tuning is `yes`: it must be auto, on or off");
    }

    private void choosesTheFirst(Optional<Path> where) throws IOException {
        try (Products products = new Products(where)) {
            assertThat(products.work.tuning().choose(products.forward(), products.work))
                    .isEqualTo(products.choices(products.forward()).get(0));
            assertThat(kept()).isEmpty();
        }
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tiles")).toList();
        }
    }
}
