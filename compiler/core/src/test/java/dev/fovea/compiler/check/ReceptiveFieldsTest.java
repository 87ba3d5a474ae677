package dev.fovea.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.Checks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Receptive fields against those of the literature and those worked out by hand. */
class ReceptiveFieldsTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            # AlexNet's last pooling
            conv(64, kernel=11, stride=4, padding=2) -> maxpool(3, stride=2) -> conv(192, kernel=5, padding=2) -> maxpool(3, stride=2) -> repeat(3, conv(8, kernel=3, padding=1)) -> maxpool(3, stride=2); 195
            # VGG-16's last pooling
            repeat(2, conv(8, kernel=3, padding=1)) -> maxpool(2) -> repeat(2, conv(8, kernel=3, padding=1)) -> maxpool(2) -> repeat(3, conv(8, kernel=3, padding=1)) -> maxpool(2) -> repeat(3, conv(8, kernel=3, padding=1)) -> maxpool(2) -> repeat(3, conv(8, kernel=3, padding=1)) -> maxpool(2); 212
            # pointwise
            conv(8, kernel=1) -> relu -> batchnorm; 1
            # dilation
            conv(8, kernel=3, dilation=4); 9
            # joins take the widest branch
            (x => concat(x, x -> conv(8, kernel=7, padding=3))) -> conv(8, kernel=3); 9
            # all of it
            conv(8, kernel=3, padding=1) -> global_avgpool -> dense(10); 226
            """)
    void sees(String stages, int expected) {
        String text =
                "@allow(unread_rows, bias_before_norm, unneeded_allow) model Net { input image: [3, 224, 224] output y = image -> ("
                        + stages + ") expect receptive_field(y) == " + expected + " }";
        assertThat(Checks.lines(text)).isEmpty();
    }
}
