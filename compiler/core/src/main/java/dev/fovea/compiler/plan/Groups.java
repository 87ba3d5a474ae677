package dev.fovea.compiler.plan;

import java.util.HashMap;
import java.util.Map;

/** Tensors that share one block, and where in it each begins: union-find over node ids, one tensor of a block stands for it. */
final class Groups {
    private record Link(int parent, long before) {}

    private final Map<Integer, Link> links = new HashMap<>();

    /** The tensor that stands for the block of another. */
    int block(int tensor) {
        int root = tensor;
        for (Link link = links.get(root); link != null; link = links.get(root)) {
            root = link.parent;
        }
        return root;
    }

    /** Where in its block a tensor begins, in floats of a sample. */
    long before(int tensor) {
        long before = 0;
        for (Link link = links.get(tensor); link != null; link = links.get(link.parent)) {
            before += link.before;
        }
        return before;
    }

    /** Whether a tensor is, or was put into, another, at once or by others between them. */
    boolean lies(int tensor, int whole) {
        int at = tensor;
        for (Link link = links.get(at); at != whole && link != null; link = links.get(at)) {
            at = link.parent;
        }
        return at == whole;
    }

    /** Puts a tensor that has no block yet where another is. */
    void join(int tensor, int into) {
        join(tensor, into, 0);
    }

    /** Puts a tensor that stands for its block, and with it all of the block, into another tensor, so many floats from its beginning. */
    void join(int tensor, int into, long before) {
        links.put(tensor, new Link(into, before));
    }
}
