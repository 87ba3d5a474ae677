package fashion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void twoEpochsOnThePicturesInTheRepositoryAreEnoughForThreeQuarters() throws Exception {
        assertThat(Main.run(Path.of("data"), 2)).isGreaterThan(0.75);
    }
}
