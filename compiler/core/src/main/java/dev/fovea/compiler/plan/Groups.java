package dev.fovea.compiler.plan;

import java.util.HashMap;
import java.util.Map;

/** Tensors that share one block: union-find over node ids, the first tensor of a block stands for it. */
final class Groups {
    private final Map<Integer, Integer> parents = new HashMap<>();

    int block(int tensor) {
        int root = tensor;
        for (Integer parent = parents.get(root); parent != null; parent = parents.get(root)) {
            root = parent;
        }
        return root;
    }

    /** Puts a tensor that has no block yet into another's. */
    void join(int tensor, int into) {
        parents.put(tensor, block(into));
    }
}
