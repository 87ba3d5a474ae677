package dev.fovea.ops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The name and arguments of anything a model or a recipe can call: an operator, an optimizer, a schedule, an initialiser.
 *
 * @param name as the language writes it
 * @param summary a phrase in the third person: "divides each activation by …"
 * @param attributes in the order in which they may be given by position
 */
public record Signature(String name, String summary, List<Attribute> attributes) {
    /** Checks that no name stands twice. */
    public Signature {
        attributes = List.copyOf(attributes);
        if (attributes.stream().map(Attribute::name).distinct().count() != attributes.size()) {
            throw new IllegalArgumentException("two attributes of one name in " + name);
        }
    }

    /** The attribute of a name. */
    public Optional<Attribute> attribute(String wanted) {
        return attributes.stream().filter(a -> a.name().equals(wanted)).findFirst();
    }

    /**
     * The arguments of a call with the defaults put in.
     *
     * @param given converted values by name; each of a known name and within its limit, the required ones all there
     * @throws IllegalArgumentException when that does not hold: the checker reports it to the user before it calls
     */
    public Attributes resolve(Map<String, Object> given) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Attribute attribute : attributes) {
            Object value = given.get(attribute.name());
            if (value == null && attribute.sameAs().isPresent()) {
                value = all.get(attribute.sameAs().get());
            }
            if (value == null) {
                value = attribute.fallback().orElse(null);
            }
            if (value == null) {
                throw new IllegalArgumentException(name + " needs " + attribute.name());
            }
            if (!attribute.limit().admits(value)) {
                throw new IllegalArgumentException(
                        attribute.name() + " must be " + attribute.limit().text() + ": " + value);
            }
            all.put(attribute.name(), value);
        }
        if (!all.keySet().containsAll(given.keySet())) {
            throw new IllegalArgumentException(name + " has no such argument: " + given.keySet());
        }
        return new Attributes(all);
    }
}
