package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.resolve.NameFaults;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Attribute;
import dev.fovea.ops.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Binds the arguments of one call to a {@link Signature}: of an operator, an optimizer, an initialiser. Reports what is
 * unknown, given twice, of the wrong kind, out of bounds or missing.
 */
final class ArgumentBinder {
    private final Signature signature;
    private final String kind;
    private final List<String> otherNames;
    private final Span call;
    private final Budget budget;
    private final Consumer<Diagnostic.Builder> faults;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> given = new HashSet<>();
    private int positional;
    private long size;
    private boolean isFaulty;

    /**
     * A binder for one call.
     *
     * @param kind what the callee is, for messages
     * @param otherNames names that the call may use and the signature does not know: of tensors
     */
    ArgumentBinder(
            Signature signature,
            String kind,
            List<String> otherNames,
            Span call,
            Budget budget,
            Consumer<Diagnostic.Builder> faults) {
        this.budget = budget;
        this.signature = signature;
        this.kind = kind;
        this.otherNames = otherNames;
        this.call = call;
        this.faults = faults;
    }

    /** What the next argument without a name is for. */
    Optional<Attribute> next() {
        List<Attribute> all = signature.attributes();
        return positional < all.size() ? Optional.of(all.get(positional)) : Optional.empty();
    }

    /** What an argument of this name is for. */
    Optional<Attribute> named(Identifier name) {
        return signature.attribute(name.name());
    }

    /** Takes an argument without a name. */
    void give(Value value, Span at) {
        Optional<Attribute> attribute = next();
        positional++;
        if (attribute.isPresent()) {
            bind(attribute.get(), value, at);
        } else if (positional == signature.attributes().size() + 1) {
            fault(ValueFaults.tooManyArguments(signature, kind, at));
        } else {
            isFaulty = true;
        }
    }

    /** Takes an argument with a name. */
    void give(Identifier name, Value value, Span at) {
        Optional<Attribute> attribute = named(name);
        if (attribute.isEmpty()) {
            List<String> known = new ArrayList<>(otherNames);
            signature.attributes().forEach(one -> known.add(one.name()));
            fault(NameFaults.unknownArgument(name, kind, signature.name(), known));
        } else if (given.contains(name.name())) {
            fault(ValueFaults.argumentTwice(name));
        } else {
            bind(attribute.get(), value, at);
        }
    }

    /** Sets an argument that the call does not give. */
    void giveUnlessGiven(String name, Object converted) {
        if (!given.contains(name)) {
            values.put(name, converted);
        }
    }

    /** How many numbers the arguments hold. */
    long size() {
        return size;
    }

    /** Notes that the call is at fault elsewhere: what it lacks is not reported. */
    void mute() {
        isFaulty = true;
    }

    /** The converted arguments by name; empty after a fault. */
    Optional<Map<String, Object>> finish() {
        List<String> missing = signature.attributes().stream()
                .filter(Attribute::isRequired)
                .map(Attribute::name)
                .filter(name -> !given.contains(name))
                .toList();
        if (!missing.isEmpty() && !isFaulty) {
            fault(ValueFaults.missingArguments(signature, kind, missing, call));
        }
        return isFaulty ? Optional.empty() : Optional.of(values);
    }

    private void bind(Attribute attribute, Value value, Span at) {
        given.add(attribute.name());
        if (value.isUnknown()) {
            isFaulty = true;
            return;
        }
        Optional<Object> converted = attribute.type().convert(RawValues.of(value, budget));
        if (converted.isEmpty()) {
            fault(ValueFaults.argumentType(attribute, value, at));
        } else if (!attribute.limit().admits(converted.get())) {
            fault(ValueFaults.argumentLimit(attribute, value, at));
        } else {
            values.put(attribute.name(), converted.get());
            size += size(converted.get());
        }
    }

    private static long size(Object value) {
        return value instanceof List<?> list
                ? list.stream().mapToLong(ArgumentBinder::size).sum()
                : 1;
    }

    private void fault(Diagnostic.Builder fault) {
        isFaulty = true;
        faults.accept(fault);
    }
}
