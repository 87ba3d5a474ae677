package dev.fovea.compiler.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void writesNestedValuesInOrder() {
        String json = new JsonWriter()
                .beginObject()
                .name("name")
                .value("conv1")
                .name("output")
                .beginArray()
                .value(6L)
                .value(28L)
                .endArray()
                .name("empty")
                .beginObject()
                .endObject()
                .name("none")
                .beginArray()
                .endArray()
                .name("exact")
                .value(true)
                .name("loss")
                .value(0.5)
                .name("left")
                .nullValue()
                .endObject()
                .toString();
        assertThat(json).isEqualTo("""
                        {
                          "name": "conv1",
                          "output": [
                            6,
                            28
                          ],
                          "empty": {},
                          "none": [],
                          "exact": true,
                          "loss": 0.5,
                          "left": null
                        }""");
    }

    @Test
    void escapesWhatJsonCannotHold() {
        assertThat(new JsonWriter().value("a\"b\\c\n\r\t\u0001\u007f\u2028\uD83D\uDE00×\uD83D"))
                .hasToString("\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u007f\\u2028\uD83D\uDE00×\\ud83d\"");
        assertThat(new JsonWriter().value("\uDE00\uD83Dx")).hasToString("\"\\ude00\\ud83dx\"");
    }

    @Test
    void numbersThatJsonLacksAreNull() {
        assertThat(new JsonWriter().value(Double.NaN)).hasToString("null");
        assertThat(new JsonWriter().value(Double.POSITIVE_INFINITY)).hasToString("null");
        assertThat(new JsonWriter().value(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    }

    @Test
    void anImpossibleOrderIsRefused() {
        assertThatThrownBy(() -> new JsonWriter().beginObject().value(1L)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new JsonWriter().name("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new JsonWriter().beginArray().endObject()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new JsonWriter().beginObject().name("a").endObject())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new JsonWriter().value(1L).value(2L)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new JsonWriter().beginArray().toString()).isInstanceOf(IllegalStateException.class);
    }
}
