package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.grammar.CnnParser;
import java.math.BigInteger;
import org.antlr.v4.runtime.ParserRuleContext;

/** Builds numbers and strings. */
final class LiteralBuilder {

    /** Its negative is the smallest integer, so it is read together with the minus in front of it. */
    private static final String SMALLEST = "9223372036854775808";

    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int DIGITS_OF_LARGEST = 19;

    private final Tree tree;

    LiteralBuilder(Tree tree) {
        this.tree = tree;
    }

    static boolean isSmallestInteger(CnnParser.PrimaryContext primary) {
        return primary instanceof CnnParser.IntegerContext && digits(primary).equals(SMALLEST);
    }

    private static String digits(ParserRuleContext number) {
        return number.getText().replace("_", "");
    }

    Expression integer(CnnParser.PrimaryContext context) {
        String digits = digits(context);
        String significant = digits.replaceFirst("^0++(?=.)", "");
        boolean fits = significant.length() <= DIGITS_OF_LARGEST && new BigInteger(significant).compareTo(LARGEST) <= 0;
        if (!fits) {
            tree.report(
                    context,
                    Diagnostic.of(Code.INTEGER_OUT_OF_RANGE, tree.span(context), "this integer does not fit 64 bits")
                            .note("largest: " + LARGEST)
                            .help("a float may be larger: write it with a point or an exponent"));
        }
        return new Expression.IntegerLiteral(fits ? Long.parseLong(significant) : 0, tree.span(context));
    }

    Expression decimal(CnnParser.PrimaryContext context) {
        String digits = digits(context);
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            tree.report(
                    context,
                    Diagnostic.of(Code.FLOAT_OUT_OF_RANGE, tree.span(context), "this number is too large for a float")
                            .note("largest: " + Double.MAX_VALUE));
        } else if (value == 0 && digits.split("[eE]", 2)[0].chars().anyMatch(c -> c >= '1' && c <= '9')) {
            tree.report(
                    context,
                    Diagnostic.of(
                                    Code.FLOAT_OUT_OF_RANGE,
                                    tree.span(context),
                                    "this number is too small for a float: it would be 0")
                            .note("smallest: " + Double.MIN_VALUE));
        }
        return new Expression.FloatLiteral(Double.isInfinite(value) ? 0 : value, tree.span(context));
    }

    Expression string(CnnParser.StringContext context) {
        Span span = tree.span(context);
        EscapeReader escapes = new EscapeReader(tree, context);
        StringBuilder text = new StringBuilder();
        int end = EscapeReader.contentEnd(context);
        for (int i = span.start() + 1; i < end; ) {
            i = escapes.read(i, end, text);
        }
        return new Expression.StringLiteral(text.toString(), span);
    }
}
