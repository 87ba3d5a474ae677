package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mend that a message offers in words.
 *
 * @param words the words
 * @param mended the file with it
 */
record Offer(String words, String mended) {
    private static final String VALUE = "\\([^()]*\\)|\"[a-z]+\"|-?[0-9.]+|true|false";
    private static final Pattern ARGUMENT = Pattern.compile("\\b([a-z_]+)=(" + VALUE + ")");
    private static final Pattern ALLOW = Pattern.compile("put `(@allow\\([a-z_]+\\))` in front");
    private static final Pattern KERNEL = Pattern.compile("the largest kernel that fits is (\\d+|\\(\\d+, \\d+\\))");
    private static final Pattern GROUPS = Pattern.compile("can be cut into ([0-9, or]+) groups?");
    private static final Pattern SIZES = Pattern.compile("an input of ([0-9]+×[0-9]+)(?: or ([0-9]+×[0-9]+))?");
    private static final Pattern BEFORE = Pattern.compile("put `([a-z_]+(?:\\([^()`]*\\))?)` before it");
    private static final Pattern INSTEAD = Pattern.compile("^`(flatten|reshape\\([^`]*\\))` makes it");
    private static final Pattern FITTING = Pattern.compile("`(\\w+\\([^`]*\\))` on (?:input )?(\\[[^]]*\\])");
    private static final Pattern STATED = Pattern.compile("if the network is meant so, state (\\[.*\\])");
    private static final Pattern LINE = Pattern.compile(
            "^(?:padding=(\\d+|\\(.*?\\))|(\\d+) (?:channels|units)) in `(\\w+)` on line (\\d+) makes it so");
    private static final Pattern SIZE = Pattern.compile("use a size of at most (\\d+|\\(\\d+, \\d+\\))");
    private static final Pattern TARGET = Pattern.compile("declare the target as `?([^`,]*(?:\\[[^]]*\\])?)`?(?:,|$)");
    private static final Pattern STATEMENT = Pattern.compile(
            "(?m)^[ \\t]*(?:\\w+ *: *)?(?=(?:let|output|return|const|fun|block|model|train|assert|expect|loss)\\b)");

    /** The offers in the help of a diagnostic that can be tried by rule: values, insertions, sizes. */
    static List<Offer> inWords(String text, Diagnostic fault) {
        List<Offer> offers = new ArrayList<>();
        for (String help : fault.help()) {
            for (MatchResult found : all(ALLOW, help)) {
                offers.add(new Offer(help, allowing(text, fault, found.group(1))));
            }
            for (MatchResult found : all(KERNEL, help)) {
                offers.add(new Offer(help, with(text, fault, "kernel", found.group(1))));
            }
            for (MatchResult found : all(GROUPS, help)) {
                for (String groups : found.group(1).split("[^0-9]+")) {
                    offers.add(new Offer(help, with(text, fault, "groups", groups)));
                }
            }
            for (MatchResult found : all(FITTING, help)) {
                offers.add(new Offer(help, behind(text, fault, found.group(2), found.group(1))));
            }
            for (MatchResult found : all(STATED, help)) {
                offers.add(new Offer(help, replace(text, fault, found.group(1))));
            }
            for (MatchResult found : all(LINE, help)) {
                offers.add(new Offer(help, onLine(text, Integer.parseInt(found.group(4)), found)));
            }
            for (MatchResult found : all(SIZE, help)) {
                offers.add(new Offer(help, with(text, fault, "size", found.group(1))));
            }
            if (help.startsWith("`global_avgpool` instead of `flatten`")) {
                int flatten = text.lastIndexOf("flatten", fault.span().start());
                offers.add(
                        new Offer(help, text.substring(0, flatten) + "global_avgpool" + text.substring(flatten + 7)));
            }
            if (help.equals("drop one of them")) {
                offers.add(new Offer(help, replace(text, fault, "identity")));
            }
            boolean quoted = help.contains("(") && !help.startsWith("use ") && !help.startsWith("padding=(")
                    || LINE.matcher(help).find()
                    || help.contains("optimizer")
                    || help.contains("it takes");
            for (MatchResult found : quoted ? List.<MatchResult>of() : all(ARGUMENT, help)) {
                offers.add(new Offer(found.group(), with(text, fault, found.group(1), found.group(2))));
            }
            for (MatchResult found : all(SIZES, help)) {
                for (int i = 1; i <= found.groupCount(); i++) {
                    if (found.group(i) != null && text.matches("(?s).*input \\w+: \\[\\d+, \\d+, \\d+\\].*")) {
                        offers.add(new Offer(help, sized(text, fault, found.group(i))));
                    }
                }
            }
            for (MatchResult found : all(BEFORE, help)) {
                offers.add(new Offer(help, insert(text, fault.span().start(), found.group(1) + " -> ")));
            }
            for (MatchResult found : all(INSTEAD, help)) {
                offers.add(new Offer(help, replace(text, fault, found.group(1))));
            }
            for (MatchResult found : all(TARGET, help)) {
                offers.add(new Offer(help, declaring(text, fault, found.group(1))));
            }
        }
        return offers;
    }

    /** The target that the fault names, declared otherwise. */
    private static String declaring(String text, Diagnostic fault, String type) {
        String use = text.substring(fault.span().start(), fault.span().end());
        for (MatchResult target : all(Pattern.compile("target (\\w+): ([^/\\n]*)"), text)) {
            if (use.matches("(?s).*\\b" + target.group(1) + "\\b.*")) {
                return text.substring(0, target.start(2)) + type + text.substring(target.end(2));
            }
        }
        return text.replaceFirst("(target \\w+: )[^/\\n]*", "$1" + Matcher.quoteReplacement(type));
    }

    /** The argument of the call that has a shape, with something behind it. */
    private static String behind(String text, Diagnostic fault, String shape, String what) {
        Matcher inputs = Pattern.compile("input (\\d+) is (\\[[^]]*\\])").matcher(fault.label());
        while (inputs.find()) {
            if (inputs.group(2).equals(shape)) {
                int wanted = Integer.parseInt(inputs.group(1));
                int depth = 0;
                int number = 0;
                for (int at = fault.span().start(); at < fault.span().end(); at++) {
                    char c = text.charAt(at);
                    depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
                    boolean ends = (c == ',' && depth == 1) || depth == 0 && c == ')';
                    if (ends && ++number == wanted) {
                        return insert(text, at, " -> " + what);
                    }
                }
            }
        }
        throw new AssertionError("no input has the shape " + shape + ": " + fault);
    }

    private static List<MatchResult> all(Pattern pattern, String help) {
        return pattern.matcher(help).results().toList();
    }

    /** The layer on a line with another padding or number of outputs. */
    private static String onLine(String text, int line, MatchResult change) {
        String[] lines = text.split("\n", -1);
        String call = change.group(3) + "\\(";
        lines[line - 1] = change.group(1) == null
                ? lines[line - 1].replaceFirst(call + "\\d+", change.group(3) + "(" + change.group(2))
                : lines[line - 1]
                        .replaceFirst(", padding=[^,)]*", "")
                        .replaceFirst("(" + call + "[^)]*)\\)", "$1, padding=" + change.group(1) + ")");
        return String.join("\n", lines);
    }

    private static String insert(String text, int at, String what) {
        return text.substring(0, at) + what + text.substring(at);
    }

    private static String replace(String text, Diagnostic fault, String what) {
        return text.substring(0, fault.span().start())
                + what
                + text.substring(fault.span().end());
    }

    /** The annotation before the statement in which the fault is. */
    private static String allowing(String text, Diagnostic fault, String annotation) {
        if (fault.code() == Code.UNNEEDED_ALLOW) {
            return insert(text, text.lastIndexOf('@', fault.span().start()), annotation + " ");
        }
        Matcher statements = STATEMENT.matcher(text);
        int at = 0;
        while (statements.find() && statements.end() <= fault.span().start()) {
            at = statements.end();
        }
        return insert(text, at, annotation + " ");
    }

    /** The call that the fault underlines, with another value of an argument. */
    private static String with(String text, Diagnostic fault, String name, String value) {
        String call = text.substring(fault.span().start(), fault.span().end());
        Matcher given = Pattern.compile("\\b" + name + "=(\\((?:[^()]|\\([^()]*\\))*\\)|\"[^\"]*\"|[^,()]+)")
                .matcher(call);
        if (given.find()) {
            return replace(text, fault, call.substring(0, given.start(1)) + value + call.substring(given.end(1)));
        }
        Matcher first =
                Pattern.compile("^(?:max|avg)pool\\((\\d+|\\([^()]*\\))").matcher(call);
        if (name.equals("kernel") && first.find()) {
            return replace(text, fault, call.substring(0, first.start(1)) + value + call.substring(first.end(1)));
        }
        Matcher only = Pattern.compile("^\\w+\\(([^=,]+)\\)$").matcher(call);
        if (List.of("groups", "size").contains(name) && only.find()) {
            return replace(text, fault, call.substring(0, only.start(1)) + value + call.substring(only.end(1)));
        }
        return call.endsWith(")")
                ? replace(text, fault, call.substring(0, call.length() - 1) + ", " + name + "=" + value + ")")
                : replace(text, fault, call + "(" + name + "=" + value + ")");
    }

    /** The file with an input of another size, of all its inputs. */
    private static String sized(String text, Diagnostic fault, String size) {
        return text.replaceAll("(input \\w+: \\[\\d+), \\d+, \\d+\\]", "$1, " + size.replace("×", ", ") + "]");
    }
}
