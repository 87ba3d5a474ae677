package dev.fovea.runtime.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@link DataCheck} found.
 *
 * @param parts in the order given
 * @param faults samples that cannot be read or are of no class, in order
 * @param duplicates groups of samples that are equal in every number, in the order of their first
 * @param statistics of the first part, where all its samples are pictures with equally many channels
 */
public record DataReport(
        List<Part> parts, List<Fault> faults, List<Duplicates> duplicates, Optional<Statistics> statistics) {
    /** Copies the lists. */
    public DataReport {
        parts = List.copyOf(parts);
        faults = List.copyOf(faults);
        duplicates = List.copyOf(duplicates);
    }

    /**
     * One part.
     *
     * @param samples all of them
     * @param counts of each class, those at fault left out
     */
    public record Part(String name, int samples, List<String> classes, List<Integer> counts) {
        /** Copies the lists. */
        public Part {
            classes = List.copyOf(classes);
            counts = List.copyOf(counts);
        }

        /** The classes without a sample. */
        public List<String> empty() {
            List<String> empty = new ArrayList<>();
            for (int label = 0; label < classes.size(); label++) {
                if (counts.get(label) == 0) {
                    empty.add(classes.get(label));
                }
            }
            return empty;
        }

        /** The samples of the largest class over those of the smallest that has any; 1 where all have equally many. */
        public double imbalance() {
            int most = counts.stream().mapToInt(Integer::intValue).max().orElse(0);
            int least = counts.stream()
                    .mapToInt(Integer::intValue)
                    .filter(count -> count > 0)
                    .min()
                    .orElse(1);
            return (double) Math.max(1, most) / least;
        }
    }

    /**
     * A sample that is of no use.
     *
     * @param place of it
     * @param message what is wrong
     */
    public record Fault(String place, String message) {}

    /**
     * A sample.
     *
     * @param part the name of its part
     * @param label its class's name
     */
    public record Place(String part, String place, String label) {}

    /**
     * Samples that are equal.
     *
     * @param places at least two
     */
    public record Duplicates(List<Place> places) {
        /** Copies the list. */
        public Duplicates {
            places = List.copyOf(places);
        }

        /** Whether they are in more than one part: a test of what was trained with says nothing. */
        public boolean isAcrossParts() {
            return places.stream().map(Place::part).distinct().count() > 1;
        }

        /** Whether they have more than one label: one of them must be wrong. */
        public boolean isContradiction() {
            return places.stream().map(Place::label).distinct().count() > 1;
        }
    }

    /**
     * Mean and standard deviation of each channel. A picture counts as much as any other, whatever its size.
     *
     * @param mean of each channel; one where all pictures are grey
     * @param deviation likewise
     */
    public record Statistics(List<Double> mean, List<Double> deviation) {
        /** Copies the lists. */
        public Statistics {
            mean = List.copyOf(mean);
            deviation = List.copyOf(deviation);
        }
    }

    /** Whether something must be mended: samples at fault, equal ones across parts or with different labels, classes without a sample. */
    public boolean hasFaults() {
        return !faults.isEmpty()
                || duplicates.stream().anyMatch(group -> group.isAcrossParts() || group.isContradiction())
                || parts.stream().anyMatch(part -> !part.empty().isEmpty());
    }
}
