package dev.fovea.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Checks;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Related;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is reported once, and what is not reported at all. */
class FaultsTest {
    @Test
    void independentFaultsAreAllReported() {
        assertThat(codes("""
                model Net {
                  input image: [1, 28, 28]
                  let a = image -> conv(8, kernel=99)
                  let b = image -> conv(8, kernel=3, groups=5)
                  let c = image -> dense(10)
                  output y = concat(a, b)
                  output z = c -> dropout(2)
                }
                """)).containsExactly("3 CNN0301", "4 CNN0302", "5 CNN0310", "7 CNN0260");
    }

    @Test
    void whatDependsOnAFaultSaysNothing() {
        assertThat(codes("""
                block Unit(x, n: int) {
                  assert x.channels > 100, "few channels"
                  return add(x, x -> conv(n, kernel=3)) -> flatten
                }
                model Net {
                  input image: [1, 28, 28]
                  let a = image -> conv(8, kernel=99) -> maxpool(2)
                  let b = a -> Unit(a.channels) -> repeat(a.height, relu)
                  let c = if b.channels > 3 then b else b -> dense(0)
                  output y = add(a, b, c) :: [_, 4, 4]
                  output z = b -> dense(b.size * 2)
                  expect parameters == 3
                }
                train Net {
                  target label: class(10)
                  loss cross_entropy(z, label)
                  optimizer sgd(lr=0.1)
                }
                """)).containsExactly("7 CNN0301");
    }

    @Test
    void checkingGoesOnWithTheStatedShape() {
        assertThat(codes("""
                model Net {
                  input image: [1, 28, 28]
                  let a = image -> conv(8, kernel=99) :: [8, 14, 14]
                  let b = a -> conv(9, kernel=15)
                  let c = image -> conv(8, kernel=3) :: [8, 28, 28]
                  let d = c -> conv(4, kernel=28) :: [4, 1, 1]
                  output y = concat(b, d)
                }
                """)).containsExactly("3 CNN0301", "4 CNN0301", "5 CNN0360");
    }

    @Test
    void aFaultInABlockIsOneWithItsCalls() {
        CheckResult result = Checks.check("""
                block Unit(x) {
                  return x -> conv(8, kernel=9)
                }
                block Pair(x) { return x -> first: Unit -> second: Unit }
                model Net {
                  input image: [1, 8, 8]
                  let a = image -> one: Pair
                  let b = image -> Unit
                  output y = add(a, b)
                }
                model Other {
                  input image: [1, 7, 7]
                  output y = image -> Unit
                }
                """);
        assertThat(result.diagnostics()).hasSize(1);
        Diagnostic fault = result.diagnostics().get(0);
        assertThat(fault.label()).isEqualTo("kernel 9 on a 8×8 input: (8 − 9 + 2·0)/1 + 1 = 0");
        assertThat(fault.related())
                .extracting(Related::message)
                .containsExactly(
                        "in `Unit`, applied here as `one.first`",
                        "in `Pair`, applied here as `one`",
                        "and in `Unit`, applied here as `unit1`",
                        "and in `Unit`, applied here as `unit1`");
    }

    @Test
    void aFaultOfATemplateNamesTheInstance() {
        CheckResult result = Checks.check("""
                model Deep(depth: int) {
                  input image: [1, 16, 16]
                  output y = image -> repeat(depth, maxpool(2))
                }
                model Fine = Deep(4)
                model TooDeep = Deep(5)
                """);
        assertThat(result.models()).extracting(graph -> graph.name()).containsExactly("Fine");
        assertThat(result.diagnostics()).hasSize(1);
        assertThat(result.diagnostics().get(0).related())
                .extracting(Related::message)
                .containsExactly("in `TooDeep`, an instance made here");
    }

    @Test
    void warningsAreTakenBackByTheirName() {
        String model = "%smodel Net { input x: [3, 8, 8] %soutput y = x -> Stem }";
        String stem = "%sblock Stem(x) { %sreturn x -> conv(8, kernel=3, stride=2) }\n";
        String allow = "@allow(unread_rows) ";
        assertThat(codes(stem.formatted("", "") + model.formatted("", ""))).hasSize(1);
        assertThat(codes(stem.formatted(allow, "") + model.formatted("", ""))).isEmpty();
        assertThat(codes(stem.formatted("", allow) + model.formatted("", ""))).isEmpty();
        assertThat(codes(stem.formatted("", "") + model.formatted(allow, ""))).isEmpty();
        assertThat(codes(stem.formatted("", "") + model.formatted("", allow))).isEmpty();
        assertThat(codes(stem.formatted("", "") + model.formatted("@allow(giant_dense) ", "")))
                .containsExactly("1 CNN0350", "2 CNN0218");
    }

    @Test
    void uncalledBlocksAndTemplatesAreCheckedForNames() {
        assertThat(codes("""
                block Nobody(x) { return x -> conv(missing, kernels=3) }
                model Template(n: int) { input x: [n, 8, 8] output y = x -> nothing }
                """)).containsExactly("1 CNN0200", "1 CNN0212", "2 CNN0200");
    }

    private static List<String> codes(String text) {
        return Checks.check(text).diagnostics().stream()
                .map(one -> one.span().line() + " " + one.code().id())
                .toList();
    }
}
