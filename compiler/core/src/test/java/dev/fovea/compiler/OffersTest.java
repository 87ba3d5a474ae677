package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Fix;
import dev.fovea.compiler.diagnostics.TextRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a message offers must work: each fix and each value that the diagnostics of the faulty files name, applied alone,
 * takes that fault away. It may uncover others, for one mend is not all.
 */
class OffersTest {
    private static final Path RESOURCES =
            Path.of(System.getProperty("basedir", "")).resolve("src/test/resources");

    @TestFactory
    Stream<DynamicTest> eachOfferTakesItsFaultAway() throws IOException {
        return files().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    String text = file.getValue();
                    for (Diagnostic fault : Checks.check(text).diagnostics()) {
                        for (Offer offer : offers(text, fault)) {
                            assertThat(times(fault, offer.mended()))
                                    .as(
                                            "%s\n%s\n%s",
                                            offer.words(), TextRenderer.plain().render(fault), offer.mended())
                                    .isLessThan(times(fault, text));
                        }
                    }
                }));
    }

    @Test
    void manyAreTried() throws IOException {
        Map<String, Integer> tried = new TreeMap<>();
        for (String text : files().values()) {
            for (Diagnostic fault : Checks.check(text).diagnostics()) {
                tried.merge(fault.code().id(), offers(text, fault).size(), Integer::sum);
            }
        }
        assertThat(tried.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(150);
        assertThat(tried)
                .allSatisfy((code, count) ->
                        assertThat(count).as(code).isGreaterThanOrEqualTo(OFFERING.contains(code) ? 1 : 0));
    }

    /** Codes of shapes that always have a mend to offer. */
    private static final List<String> OFFERING = List.of(
            "CNN0301", "CNN0302", "CNN0303", "CNN0304", "CNN0305", "CNN0306", "CNN0308", "CNN0310", "CNN0312",
            "CNN0313", "CNN0320", "CNN0330", "CNN0331", "CNN0350", "CNN0351", "CNN0352", "CNN0353", "CNN0360",
            "CNN0409", "CNN0420");

    private static List<Offer> offers(String text, Diagnostic fault) {
        List<Offer> offers = new ArrayList<>();
        for (Fix fix : fault.fixes()) {
            int at = fix.span().start();
            String mended = text.substring(0, at)
                    + fix.replacement()
                    + text.substring(fix.span().end());
            offers.add(new Offer("fix: " + fix.description(), mended));
        }
        offers.addAll(Offer.inWords(text, fault));
        return offers;
    }

    /** How often a fault is found, wherever an edit has moved it. */
    private static long times(Diagnostic fault, String text) {
        return Checks.check(text).diagnostics().stream()
                .filter(one -> one.code() == fault.code()
                        && one.message().equals(fault.message())
                        && one.label().equals(fault.label()))
                .count();
    }

    /** The faulty files by name, without their marks. */
    private static Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String folder : List.of("faulty", "diagnostics")) {
            try (Stream<Path> all = Files.walk(RESOURCES.resolve(folder))) {
                for (Path path : all.filter(one -> one.toString().endsWith(".cnn"))
                        .filter(one -> !one.toString().contains("CNN0001")) // not text
                        .toList()) {
                    String name = RESOURCES.relativize(path).toString();
                    files.put(name, MarkedFile.read(path, name).text());
                }
            }
        }
        return files;
    }
}
