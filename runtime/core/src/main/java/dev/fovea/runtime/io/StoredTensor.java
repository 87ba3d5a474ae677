package dev.fovea.runtime.io;

import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.function.Supplier;

/** A tensor to be written: what the header says of it, and where its values come from when its turn is there. */
public final class StoredTensor {
    private final String name;
    private final ElementType type;
    private final List<Long> shape;
    private final Supplier<? extends Buffer> values;

    private StoredTensor(String name, ElementType type, List<Long> shape, Supplier<? extends Buffer> values) {
        if (name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("the format reserves the name " + name);
        }
        if (shape.stream().anyMatch(extent -> extent < 0)) {
            throw new IllegalArgumentException("an extent of " + name + " is negative: " + shape);
        }
        this.name = name;
        this.type = type;
        this.shape = List.copyOf(shape);
        this.values = values;
    }

    /** A tensor of type F32; the buffer is asked for once, when it is written, and is left as it was. */
    public static StoredTensor floats(String name, List<Long> shape, Supplier<FloatBuffer> values) {
        return new StoredTensor(name, ElementType.F32, shape, values);
    }

    /** A tensor of type I64; the buffer is asked for once, when it is written, and is left as it was. */
    public static StoredTensor longs(String name, List<Long> shape, Supplier<LongBuffer> values) {
        return new StoredTensor(name, ElementType.I64, shape, values);
    }

    /** A tensor of type I32; the buffer is asked for once, when it is written, and is left as it was. */
    public static StoredTensor ints(String name, List<Long> shape, Supplier<IntBuffer> values) {
        return new StoredTensor(name, ElementType.I32, shape, values);
    }

    /** The name, PyTorch's for a parameter: {@code conv1.weight}. */
    public String name() {
        return name;
    }

    /** The element type. */
    public ElementType type() {
        return type;
    }

    /** The extents; a scalar has none. */
    public List<Long> shape() {
        return shape;
    }

    /** The number of elements. */
    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    Buffer values() {
        Buffer buffer = values.get();
        if (buffer.remaining() != size()) {
            throw new IllegalArgumentException(
                    name + " has the shape " + shape + " but " + buffer.remaining() + " values");
        }
        return buffer;
    }
}
