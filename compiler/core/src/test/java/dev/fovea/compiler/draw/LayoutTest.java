package dev.fovea.compiler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.draw.Layout.Placed;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.Library;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of the classic networks: nothing overlaps, nothing sticks out, arrows end where they should. */
class LayoutTest {

    private static final String STANDARD = "../../stdlib-models/src/main/cnn/std/";

    @ParameterizedTest
    @CsvSource({
        "lenet, LeNet5, -1",
        "resnet, ResNet18, -1",
        "resnet, ResNet18, 2",
        "resnet, ResNet50, 0",
        "googlenet, GoogLeNet, -1",
        "googlenet, GoogLeNet, 1",
        "densenet, DenseNet121, -1",
        "densenet, DenseNet121, 1",
        "vgg, VGG16, -1",
    })
    void nothingOverlapsOrSticksOut(String file, String model, int depth) {
        Diagram diagram = DiagramBuilder.of(graph(file, model), depth);
        Layout layout = Layout.of(diagram);
        check(layout, layout.width(), layout.height());
        assertThat(layout.routes()).hasSameSizeAs(diagram.arrows());
    }

    private static void check(Layout layout, double width, double height) {
        List<Placed> boxes = layout.boxes();
        for (int i = 0; i < boxes.size(); i++) {
            Placed box = boxes.get(i);
            assertThat(box.x()).as(box.box().remark()).isGreaterThanOrEqualTo(0);
            assertThat(box.y()).isGreaterThanOrEqualTo(0);
            assertThat(box.x() + box.width()).isLessThanOrEqualTo(width);
            assertThat(box.bottom()).isLessThanOrEqualTo(height);
            for (String line : FlatArrows.lines(box.box())) {
                int size = line.equals(box.box().title()) ? 13 : 11;
                assertThat(TextWidth.of(line, box.box().isOpen() && size == 11 ? 10 : size))
                        .isLessThan(box.width());
            }
            for (Placed other : boxes.subList(0, i)) {
                boolean apart = box.x() >= other.x() + other.width()
                        || other.x() >= box.x() + box.width()
                        || box.y() >= other.bottom()
                        || other.y() >= box.bottom();
                assertThat(apart)
                        .as(box.box().remark() + " and " + other.box().remark())
                        .isTrue();
            }
            check(box.inner(), box.width(), box.height());
        }
        for (Layout.Route route : layout.routes()) {
            for (Layout.Point point : route.points()) {
                assertThat(point.x()).isBetween(0.0, width);
                assertThat(point.y()).isBetween(0.0, height);
            }
        }
    }

    @Test
    void whatIsWrittenIsEscaped() {
        assertThat(SvgWriter.escaped("a<b & \"c\">")).isEqualTo("a&lt;b &amp; &quot;c&quot;&gt;");
        Diagram diagram = new Diagram(
                List.of(new Diagram.Box("<a> \"b\"", "", "\\", "1×2", Family.OTHER, false, Diagram.EMPTY)), List.of());
        assertThat(SvgWriter.write("x&y", Layout.of(diagram))).contains(">&lt;a&gt; &quot;b&quot;<", "<title>x&amp;y");
        assertThat(DotWriter.write("x\"y", diagram)).contains("digraph \"x\\\"y\"", "\"<a> \\\"b\\\"\\n\\\\\"");
        assertThat(MermaidWriter.write(diagram)).contains("&lt;a&gt; &quot;b&quot;<br/>\\");
    }

    private static Graph graph(String file, String model) {
        return Compiler.with(Library.EMPTY)
                .checkPaths(List.of(Path.of(STANDARD + file + ".cnn")), Map.of())
                .models()
                .stream()
                .filter(graph -> graph.name().equals(model))
                .findFirst()
                .orElseThrow();
    }
}
