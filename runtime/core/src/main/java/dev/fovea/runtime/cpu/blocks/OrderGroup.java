package dev.fovea.runtime.cpu.blocks;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.simd.BlockSimd;

/** Tensors that lie in the same order, in blocks all of them or none: a set of a union-find, named by any of its members. */
final class OrderGroup {
    private final boolean free;
    private OrderGroup parent = this;
    private boolean planar;
    private double gain;

    private OrderGroup(boolean free) {
        this.free = free;
    }

    /** A new one, of a tensor of this shape. */
    static OrderGroup of(Shape shape) {
        boolean isFree = shape.rank() != 3 || shape.area() == 1;
        OrderGroup group = new OrderGroup(isFree);
        if (!isFree && shape.channels() % BlockSimd.SIZE != 0) {
            group.pin();
        }
        return group;
    }

    /** One for tensors of whose order nothing is known yet. */
    static OrderGroup none() {
        return new OrderGroup(true);
    }

    /** Whether both orders are the same, so that it belongs to no other. */
    boolean isFree() {
        return free;
    }

    /** Makes them one, where both matter; what is then the group of both. */
    OrderGroup with(OrderGroup other) {
        if (free) {
            return other;
        }
        if (other.free || isWith(other)) {
            return this;
        }
        OrderGroup root = root();
        OrderGroup joined = other.root();
        joined.parent = root;
        root.planar |= joined.planar;
        return root;
    }

    /** Whether they are one. */
    boolean isWith(OrderGroup other) {
        return root() == other.root();
    }

    /** Its tensors stay planar; this. */
    OrderGroup pin() {
        root().planar = true;
        return this;
    }

    /** Whether nothing is against blocks. */
    boolean isOpen() {
        return !free && !root().planar;
    }

    /** Nothing is known of what is gained. */
    void forgetGain() {
        root().gain = 0;
    }

    /** Its tensors stay planar if blocks do not pay; whether that is new. */
    boolean pinIfLosing() {
        boolean loses = isOpen() && root().gain <= 0;
        if (loses) {
            pin();
        }
        return loses;
    }

    /** Adds what is gained when they lie in blocks. */
    void add(double multiplyAdds) {
        root().gain += multiplyAdds;
    }

    /** Whether they lie in blocks: nothing is against it and it pays. */
    boolean isInBlocks() {
        return isOpen() && root().gain > 0;
    }

    private OrderGroup root() {
        OrderGroup root = this;
        while (root.parent != root) {
            root.parent = root.parent.parent; // halves the way for whoever asks next
            root = root.parent;
        }
        return root;
    }
}
