package dev.fovea.runtime.data;

import dev.fovea.runtime.random.RandomStream;
import java.util.List;

/** Mixes the samples of a batch once all of them are there. For one thread; its buffers are used again. */
final class BatchMixer {
    private final Mixing mixing;
    private final long seed;
    private final int[] fields;
    private final int[] lengths;
    private float[] copy = new float[0];

    /**
     * @param lengths the floats of each field in a sample
     * @throws IllegalArgumentException where one of the fields to be mixed is not there
     */
    BatchMixer(Mixing mixing, long seed, List<Field> all, int[] lengths) {
        this.mixing = mixing;
        this.seed = seed;
        this.lengths = lengths;
        List<String> names = all.stream().map(Field::name).toList();
        if (!names.containsAll(mixing.fields())) {
            throw new IllegalArgumentException("not all of " + mixing.fields() + " are among " + names);
        }
        this.fields = mixing.fields().stream().mapToInt(names::indexOf).sorted().toArray();
    }

    void mix(Batch batch, int size, int epoch, int number) {
        RandomStream random = RandomStream.named(seed, "mixup").child(epoch).child(number);
        int[] partners = new int[size];
        mixing.partners(random, partners);
        float share = mixing.share(random);
        for (int field : fields) {
            mix(batch.values(field), lengths[field], share, partners);
        }
        batch.mixed(share, partners);
    }

    private void mix(float[] values, int length, float share, int[] partners) {
        int all = partners.length * length;
        if (copy.length < all) {
            copy = new float[all];
        }
        System.arraycopy(values, 0, copy, 0, all);
        float rest = 1 - share;
        for (int sample = 0; sample < partners.length; sample++) {
            int own = sample * length;
            int other = partners[sample] * length;
            for (int i = 0; i < length; i++) {
                values[own + i] = share * copy[own + i] + rest * copy[other + i];
            }
        }
    }
}
