package dev.fovea.runtime.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.random.RandomStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        float[] weights = new float[6 * 25 * 1000];
        RandomStream.named(1, "weights").fillNormal(weights, 0, weights.length, 0, 0, 1);
        weights[0] = Float.NaN;
        weights[1] = -0.0f;
        Path file = folder.resolve("model.safetensors");
        SafetensorsWriter.write(
                file,
                List.of(
                        StoredTensor.floats(
                                "conv1.weight", List.of(6000L, 1L, 5L, 5L), () -> FloatBuffer.wrap(weights)),
                        StoredTensor.floats("scalar", List.of(), () -> FloatBuffer.wrap(weights, 7, 1)),
                        StoredTensor.floats("empty", List.of(0L, 3L), () -> FloatBuffer.allocate(0)),
                        StoredTensor.longs(
                                "bn.num_batches_tracked", List.of(), () -> LongBuffer.wrap(new long[] {-1L << 40})),
                        StoredTensor.ints("größe \"\\\n\u0001", List.of(2L), () -> IntBuffer.wrap(new int[] {3, -4}))),
                Map.of("format", "pt", "a", "b"));
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.entries())
                    .extracting(SafetensorsFile.Entry::name)
                    .containsExactly("bn.num_batches_tracked", "conv1.weight", "empty", "scalar", "größe \"\\\n\u0001");
            assertThat(read.metadata()).isEqualTo(Map.of("format", "pt", "a", "b"));
            float[] again = new float[weights.length + 3];
            read.readFloats(read.require("conv1.weight", List.of(6000L, 1L, 5L, 5L)), again, 2);
            for (int i = 0; i < weights.length; i++) {
                assertThat(Float.floatToRawIntBits(again[i + 2])).isEqualTo(Float.floatToRawIntBits(weights[i]));
            }
            read.readFloats(read.require("scalar"), again, 0);
            assertThat(again[0]).isEqualTo(weights[7]);
            read.readFloats(read.require("empty"), new float[0], 0);
            long[] numbers = new long[2];
            read.readLongs(read.require("bn.num_batches_tracked"), numbers, 1);
            assertThat(numbers).containsExactly(0, -1L << 40);
            read.readLongs(read.require("größe \"\\\n\u0001"), numbers, 0);
            assertThat(numbers).containsExactly(3, -4);
        }
    }

    @Test
    void theBytesAreThoseOfTheFormatsOwnLibraryAndDoNotDependOnTheOrder() throws Exception {
        List<StoredTensor> tensors = new ArrayList<>(List.of(
                StoredTensor.floats("b", List.of(1L), () -> FloatBuffer.wrap(new float[] {1})),
                StoredTensor.floats("a", List.of(1L, 2L), () -> FloatBuffer.wrap(new float[] {2, 3})),
                StoredTensor.longs("z", List.of(), () -> LongBuffer.wrap(new long[] {4}))));
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        SafetensorsWriter.write(one, tensors, Map.of());
        Collections.reverse(tensors);
        SafetensorsWriter.write(two, tensors, Map.of());
        String json = "{\"z\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[8,16]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]}}";
        String padded = json + " ".repeat((8 - json.length() % 8) % 8);
        ByteBuffer expected = ByteBuffer.allocate(8 + padded.length() + 20).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(padded.length()).put(padded.getBytes(StandardCharsets.UTF_8));
        expected.putLong(4).putFloat(2).putFloat(3).putFloat(1);
        assertThat(Files.readAllBytes(one)).isEqualTo(expected.array());
        assertThat(Files.readAllBytes(two)).isEqualTo(expected.array());
    }

    @Test
    void otherFloatTypesAreWidenedOrRounded() throws Exception {
        Path file = file(
                "{\"h\":{\"dtype\":\"F16\",\"shape\":[6],\"data_offsets\":[0,12]},"
                        + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[12,16]},"
                        + "\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[16,24]}}",
                data(24).putShort((short) 0x3C00)
                        .putShort((short) 0xC000)
                        .putShort((short) 0x0001)
                        .putShort((short) 0x7C00)
                        .putShort((short) 0x8000)
                        .putShort((short) 0x7BFF)
                        .putShort((short) 0x3F80)
                        .putShort((short) 0xC040)
                        .putDouble(0.1));
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            float[] values = new float[6];
            read.readFloats(read.require("h"), values, 0);
            assertThat(values).containsExactly(1, -2, 0x1p-24f, Float.POSITIVE_INFINITY, -0.0f, 65504);
            read.readFloats(read.require("b"), values, 0);
            assertThat(values).startsWith(1, -3);
            read.readFloats(read.require("d"), values, 0);
            assertThat(values).startsWith(0.1f);
        }
    }

    @Test
    void missingTensorsWrongShapesAndWrongTypesAreNamed() throws Exception {
        Path file = file(
                "{\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                        + "\"steps\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}",
                data(16));
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThatThrownBy(() -> read.require("fc.bias"))
                    .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.describe())
                            .isEqualTo("error: there is no tensor \"fc.bias\" in the file\n  --> " + file
                                    + "\n  = help: it holds 2 tensors: fc.weight, steps"));
            assertThatThrownBy(() -> read.require("fc.weight", List.of(1L, 2L)))
                    .hasMessage("the tensor fc.weight has the shape [2, 1], expected [1, 2]");
            assertThatThrownBy(() -> read.readFloats(read.require("steps"), new float[1], 0))
                    .hasMessage("the tensor steps has the type I64, expected F32, F64, F16 or BF16");
            assertThatThrownBy(() -> read.readLongs(read.require("fc.weight"), new long[2], 0))
                    .hasMessage("the tensor fc.weight has the type F32, expected I64 or I32");
            assertThatThrownBy(() -> read.readFloats(read.require("fc.weight"), new float[2], 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(read.find("fc.bias")).isEmpty();
        }
    }

    @Test
    void extentsOfOneMakeNoDifferenceToAShapeThatIsAlike() throws Exception {
        Path file = folder.resolve("dense.safetensors");
        SafetensorsWriter.write(
                file,
                List.of(StoredTensor.floats("fc.weight", List.of(2L, 3L), () -> FloatBuffer.allocate(6))),
                Map.of());
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.requireAlike("fc.weight", List.of(2L, 3L, 1L, 1L)).size())
                    .isEqualTo(6);
            assertThatThrownBy(() -> read.requireAlike("fc.weight", List.of(3L, 2L, 1L, 1L)))
                    .hasMessageContaining("[2, 3]")
                    .hasMessageContaining("[3, 2, 1, 1]");
        }
    }

    @Test
    void faultsOfTheCallerAreRefusedBeforeAnythingIsWritten() {
        Path file = folder.resolve("x");
        StoredTensor a = StoredTensor.floats("a", List.of(2L), () -> FloatBuffer.allocate(2));
        StoredTensor wrong = StoredTensor.floats("w", List.of(3L), () -> FloatBuffer.allocate(2));
        assertThatIllegalArgumentException().isThrownBy(() -> SafetensorsWriter.write(file, List.of(a, a), Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> SafetensorsWriter.write(file, List.of(wrong), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredTensor.floats("__metadata__", List.of(), () -> FloatBuffer.allocate(1)));
        assertThat(file).doesNotExist();
        assertThat(folder).isEmptyDirectory();
    }

    private static ByteBuffer data(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Path file(String header, ByteBuffer data) throws Exception {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = data(8 + json.length + data.capacity());
        all.putLong(json.length).put(json).put(data.array());
        return Files.write(folder.resolve("x.safetensors"), all.array());
    }
}
