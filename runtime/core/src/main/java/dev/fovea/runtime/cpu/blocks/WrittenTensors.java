package dev.fovea.runtime.cpu.blocks;

import java.util.ArrayList;
import java.util.List;

/**
 * What kernels have written so far, and so what lies where when the next one reads. Memory is used again and again, and a tensor may be a slice
 * of another: where it is not certain what is read, all that ever lay there stays planar.
 */
final class WrittenTensors {
    private record Written(Place place, OrderGroup group) {}

    private final List<Written> all = new ArrayList<>();

    /** The next tensor that is written, in a group of its own. */
    OrderGroup write(Place place) {
        OrderGroup group = OrderGroup.of(place.shape());
        all.add(new Written(place, group));
        return group;
    }

    /** The group of what is read; one that is planar where it was not written by a kernel, or in another shape. */
    OrderGroup read(Place place) {
        int last = lastAt(place);
        if (last < 0 || !isThere(last)) {
            all.stream().filter(written -> written.place.overlaps(place)).forEach(written -> written.group.pin());
            return OrderGroup.of(place.shape()).pin();
        }
        Written found = all.get(last);
        if (found.place.shape().equals(place.shape())) {
            return found.group;
        }
        found.group.pin();
        return OrderGroup.of(place.shape()).pin();
    }

    /** Which one was the last that filled just this place, in whatever shape; negative when there is none. */
    private int lastAt(Place place) {
        int last = all.size() - 1;
        while (last >= 0
                && !(all.get(last).place.region().equals(place.region())
                        && all.get(last).place.size() == place.size())) {
            last--;
        }
        return last;
    }

    /** Whether what was written since to the same elements is in the same order, in its place too. */
    private boolean isThere(int number) {
        Written written = all.get(number);
        return all.subList(number + 1, all.size()).stream()
                .filter(later -> later.place.overlaps(written.place))
                .allMatch(later -> isSameOrder(written, later));
    }

    private static boolean isSameOrder(Written written, Written later) {
        return written.group.isFree()
                ? later.group.isFree()
                : written.group.isWith(later.group) && written.place.isBlocksOf(later.place);
    }
}
