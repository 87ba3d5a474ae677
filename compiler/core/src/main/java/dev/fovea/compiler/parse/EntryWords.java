package dev.fovea.compiler.parse;

import dev.fovea.grammar.CnnParser;

/** What the entries of a recipe need behind the word that opens them. */
final class EntryWords {

    private EntryWords() {}

    /** The message for an entry that lacks it. */
    static String missing(int opener) {
        return TokenWords.ofType(opener) + " needs " + need(opener);
    }

    private static String need(int opener) {
        return switch (opener) {
            case CnnParser.LOSS -> "a loss, such as `cross_entropy(logits, label)`";
            case CnnParser.OPTIMIZER -> "an optimizer, such as `sgd(lr=0.1)`";
            case CnnParser.SCHEDULE -> "a schedule, such as `cosine`";
            case CnnParser.BATCH, CnnParser.EPOCHS, CnnParser.SEED, CnnParser.ACCUMULATE -> "a number";
            case CnnParser.AUGMENT -> "an input and what is done to it: `image -> shift(2)`";
            case CnnParser.METRIC -> "a metric, such as `accuracy(logits, label)`";
            case CnnParser.FREEZE -> "the labels of layers";
            case CnnParser.CLIP -> "a rule, such as `norm(1.0)`";
            case CnnParser.PRECISION -> "the name of a type";
            case CnnParser.INIT -> "an initialiser, such as `he_normal`";
            case CnnParser.STOP -> "a rule, such as `early(patience=5)`";
            case CnnParser.KEEP -> "a rule, such as `best`";
            case CnnParser.AVERAGE -> "a rule, such as `ema(decay=0.999)`";
            case CnnParser.CHECKPOINT -> "a rule, such as `every(epochs=5)`";
            case CnnParser.LAYERWISE -> "a method, `on` and the layers it trains";
            default -> "a name";
        };
    }
}
