package dev.fovea.compiler.syntax.concrete;

import java.util.List;
import java.util.Optional;

/** A part of a concrete syntax tree. */
public sealed interface Element {

    /**
     * What a rule of the grammar matched.
     *
     * @param rule the rule
     * @param children its parts in order
     */
    record Branch(Rule rule, List<Element> children) implements Element {

        public Branch {
            children = List.copyOf(children);
        }

        /** The first part that a rule matched. */
        public Optional<Branch> child(Rule wanted) {
            return children.stream()
                    .filter(Branch.class::isInstance)
                    .map(Branch.class::cast)
                    .filter(branch -> branch.rule == wanted)
                    .findFirst();
        }

        /** Its first token. */
        public Leaf first() {
            Element first = this;
            while (first instanceof Branch branch) {
                first = branch.children.get(0);
            }
            return (Leaf) first;
        }
    }

    /**
     * A token. The end of a file is a token with an empty text.
     *
     * @param text its characters
     * @param before the comments in front of it that do not belong to the token before
     * @param breaks the line ends between it and what stands in front of it, be that a token or a comment
     * @param after the comments behind it, where nothing else stands behind them on their line
     */
    record Leaf(String text, List<Comment> before, int breaks, List<Comment> after) implements Element {

        public Leaf {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        /** Whether it, or the first comment in front of it, begins a line. */
        public boolean beginsLine() {
            return (before.isEmpty() ? breaks : before.get(0).breaks()) > 0;
        }

        /** Whether an empty line stands in front of it and its comments. */
        public boolean followsEmptyLine() {
            return (before.isEmpty() ? breaks : before.get(0).breaks()) > 1;
        }

        /** Whether it has comments. */
        public boolean isCommented() {
            return !before.isEmpty() || !after.isEmpty();
        }
    }

    /**
     * A comment.
     *
     * @param text with its slashes; lines end with LF
     * @param breaks the line ends between it and what stands in front of it
     */
    record Comment(String text, int breaks) {

        /** Whether nothing can stand behind it on its last line. */
        public boolean endsLine() {
            return text.startsWith("//");
        }
    }
}
