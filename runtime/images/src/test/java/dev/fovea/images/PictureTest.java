package dev.fovea.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final Offset<Float> EXACT = within(1e-6f);

    private static Picture row(float... values) {
        return new Picture(1, 1, values.length, values);
    }

    /** By hand: centre 1 with reach 2 has weights 0.75 0.75 0.25 … of inputs 0, 1, 2, cut off at the border. */
    @Test
    void halvingAveragesUnderATriangle() {
        float[] half = row(0, 1, 2, 3).resize(1, 2).values();
        assertThat(half[0]).isCloseTo((0.75f * 0 + 0.75f * 1 + 0.25f * 2) / 1.75f, EXACT);
        assertThat(half[1]).isCloseTo((0.25f * 1 + 0.75f * 2 + 0.75f * 3) / 1.75f, EXACT);
    }

    /** Upwards antialias changes nothing: half-pixel centres between neighbours, the border repeated. */
    @Test
    void doublingIsBilinear() {
        float[] twice = row(0, 1).resize(1, 4).values();
        assertThat(twice).containsExactly(new float[] {0, 0.25f, 0.75f, 1}, EXACT);
    }

    @Test
    void rowsAndColumnsAreResampledAlike() {
        float[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        float[] turned = new float[12];
        for (int i = 0; i < 12; i++) {
            turned[i % 4 * 3 + i / 4] = values[i];
        }
        float[] plain = new Picture(1, 3, 4, values).resize(2, 3).values();
        float[] other = new Picture(1, 4, 3, turned).resize(3, 2).values();
        for (int i = 0; i < 6; i++) {
            assertThat(other[i % 3 * 2 + i / 3]).isCloseTo(plain[i], EXACT);
        }
    }

    @Test
    void everyChannelByItselfAndAConstantStaysOne() {
        float[] values = new float[2 * 5 * 7];
        java.util.Arrays.fill(values, 35, 70, 0.5f);
        Picture resized = new Picture(2, 5, 7, values).resize(3, 2);
        assertThat(resized.values())
                .containsExactly(new float[] {0, 0, 0, 0, 0, 0, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f}, EXACT);
    }

    /** torchvision: Resize(256) of 500×375 gives 256 × int(256·500/375) = 341. */
    @Test
    void theShorterSideDecides() {
        Picture wide = new Picture(1, 375, 500, new float[375 * 500]).resizeShorter(256);
        assertThat(wide.height()).isEqualTo(256);
        assertThat(wide.width()).isEqualTo(341);
        Picture tall = new Picture(1, 500, 375, new float[375 * 500]).resizeShorter(256);
        assertThat(tall.height()).isEqualTo(341);
        assertThat(tall.width()).isEqualTo(256);
    }

    /** torchvision rounds halves to even: of 5 columns 2 are those from round(1.5) = 2, of 3 columns 2 those from round(0.5) = 0. */
    @Test
    void theMiddleIsTorchvisions() {
        assertThat(row(0, 1, 2, 3, 4).centerCrop(1, 2).values()).containsExactly(2, 3);
        assertThat(row(0, 1, 2).centerCrop(1, 2).values()).containsExactly(0, 1);
        assertThat(row(5, 6).centerCrop(3, 4).values()).containsExactly(0, 0, 0, 0, 0, 5, 6, 0, 0, 0, 0, 0);
    }
}
