package dev.fovea.opencl;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Something the driver has to be told to free. It is freed at the first {@link #close}; until then it stands in the list of
 * open handles, which is how a test finds what nobody closed.
 */
abstract class ClHandle implements AutoCloseable {
    private static final Set<ClHandle> OPEN =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    /** Enters the list: called as soon as the driver has given the handle out. */
    final void opened() {
        OPEN.add(this);
    }

    /** Gives the handle back to the driver. Called once. */
    abstract void release();

    /** Whether it can still be used. */
    final boolean isOpen() {
        return OPEN.contains(this);
    }

    /** Frees it; a second call does nothing. */
    @Override
    public final void close() {
        if (OPEN.remove(this)) {
            release();
        }
    }

    /** How many handles are open in this process, by the name of their class. */
    static Map<String, Integer> open() {
        Map<String, Integer> counts = new HashMap<>();
        synchronized (OPEN) {
            for (ClHandle handle : OPEN) {
                counts.merge(handle.getClass().getSimpleName(), 1, Integer::sum);
            }
        }
        return new TreeMap<>(counts);
    }
}
