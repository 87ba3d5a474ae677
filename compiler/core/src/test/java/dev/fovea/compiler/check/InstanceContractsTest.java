package dev.fovea.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Checks;
import dev.fovea.compiler.resolve.Library;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contracts behind a template: of the instance alone, among the names of the instance. */
class InstanceContractsTest {
    private static final String TEMPLATE = """
            const BIAS = 1
            model Net(units: int) { input x: [3] output y = x -> dense(units) expect macs == 3 * units }
            """;

    @Test
    void holdAnInstance() {
        assertThat(Checks.lines(TEMPLATE + "model Five(n: int = 5) = Net(n) { expect parameters == (3 + BIAS) * n }"))
                .isEmpty();
    }

    @Test
    void aBrokenOneIsReportedWhereItStands() {
        assertThat(Checks.lines(TEMPLATE + "model Five = Net(5) {\n  expect parameters == 21\n  expect macs == 16\n}"))
                .hasSize(2)
                .satisfiesExactly(first -> assertThat(first).contains("4:3", "CNN0451"), second -> assertThat(second)
                        .contains("5:3", "CNN0451"));
    }

    @Test
    void theTemplatesContractsHoldToo() {
        assertThat(Checks.lines("""
                        model Net(units: int) { input x: [3] output y = x -> dense(units) expect macs < 15 }
                        model Five = Net(5) { expect macs == 15 }
                        """)).singleElement().asString().contains("1:", "CNN0451");
    }

    @Test
    void anInstanceOfAnInstanceIsHeldToBoth() {
        String text = TEMPLATE + """
                model Of(n: int = 5) = Net(n) { expect parameters == 4 * n }
                model Seven = Of(7) { expect parameters == 29 }
                """;
        assertThat(Checks.lines(text)).singleElement().asString().contains("4:", "CNN0451");
    }

    @Test
    void followTheValueOfAParameter() {
        String text = TEMPLATE + "model Five(n: int = 5) = Net(n) { expect parameters == 20 }";
        CheckResult result = Checks.check("test.cnn", text, Library.EMPTY, Map.of("n", "6"));
        assertThat(result.diagnostics()).singleElement().asString().contains("CNN0451");
    }

    @Test
    void namesOfTheTemplatesBodyAreNotInScope() {
        List<String> lines =
                Checks.lines(TEMPLATE + "model Five(n: int = 5) = Net(n) { expect parameters == 4 * units }");
        assertThat(lines).singleElement().asString().contains("CNN0200", "units");
    }
}
