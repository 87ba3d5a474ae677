package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpTextsTest {
    @Test
    void onlyWhatDiffersIsShown() {
        assertThat(OpTexts.differing(
                        "Dense[units=256, bias=true, init=Initializer[kind=UNIFORM, first=0.5], tiedTo=none]",
                        "Dense[units=200, bias=true, init=Initializer[kind=UNIFORM, first=0.5], tiedTo=fc1]"))
                .isEqualTo(new OpTexts("Dense[units=256, tiedTo=none]", "Dense[units=200, tiedTo=fc1]"));
        assertThat(OpTexts.differing("Dropout[p=0.3]", "Dropout[p=0.5]"))
                .isEqualTo(new OpTexts("Dropout[p=0.3]", "Dropout[p=0.5]"));
        assertThat(OpTexts.differing("Crop[at=[1, 2], n=1]", "Crop[at=[1, 3], n=1]"))
                .isEqualTo(new OpTexts("Crop[at=[1, 2]]", "Crop[at=[1, 3]]"));
    }

    @Test
    void whatIsNotAlikeStays() {
        for (String[] texts : new String[][] {
            {"MaxPool[kernel=2]", "AvgPool[kernel=2]"},
            {"Conv[kernel=2]; Conv[kernel=3]", "Conv[kernel=2]"},
            {"A[x=1]", "A[y=1]"},
            {"A[x=1]", "A[x=1, y=2]"},
            {"0.1", "0.2"},
            {"[1, 2]", "[1, 3]"},
            {"A[", "A[x=1]"},
            {"A", ""},
        }) {
            OpTexts shown = OpTexts.differing(texts[0], texts[1]);
            assertThat(shown.one()).isEqualTo(texts[0]);
            assertThat(shown.other()).isEqualTo(texts[1]);
        }
    }
}
