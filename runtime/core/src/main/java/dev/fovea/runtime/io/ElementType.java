package dev.fovea.runtime.io;

import java.util.Optional;

/** The element types of the safetensors format, by the names that the format uses. */
public enum ElementType {
    BOOL(1),
    U8(1),
    I8(1),
    F8_E5M2(1),
    F8_E4M3(1),
    I16(2),
    U16(2),
    F16(2),
    BF16(2),
    I32(4),
    U32(4),
    F32(4),
    F64(8),
    I64(8),
    U64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether {@link SafetensorsFile#readFloats} takes it. */
    public boolean readsAsFloats() {
        return this == F32 || this == F64 || this == F16 || this == BF16;
    }

    /** Whether {@link SafetensorsFile#readLongs} takes it. */
    public boolean readsAsLongs() {
        return this == I64 || this == I32;
    }

    static Optional<ElementType> named(String name) {
        for (ElementType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
