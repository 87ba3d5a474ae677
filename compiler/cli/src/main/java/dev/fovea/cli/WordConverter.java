package dev.fovea.cli;

import dev.fovea.compiler.resolve.Nearest;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option whose values are a few words: those that an enum's constants print as. */
final class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> type;

    WordConverter(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String word) {
        for (E constant : type.getEnumConstants()) {
            if (constant.toString().equals(word)) {
                return constant;
            }
        }
        List<String> all =
                Arrays.stream(type.getEnumConstants()).map(E::toString).toList();
        String near = Nearest.help(word, all).stream()
                .map(help -> "; " + help)
                .findFirst()
                .orElse("");
        String words = String.join(" or ", all);
        throw new TypeConversionException("it is " + words + ", not `" + word + "`" + near);
    }
}
