package dev.fovea.compiler.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The operators of a graph as the author grouped them: by the calls of blocks that they came from. */
public sealed interface BlockTree {

    /** All operators in it, in order. */
    Stream<OpNode> operators();

    /**
     * An operator.
     *
     * @param node the operator
     */
    record Layer(OpNode node) implements BlockTree {
        @Override
        public Stream<OpNode> operators() {
            return Stream.of(node);
        }
    }

    /**
     * A call of a block.
     *
     * @param block the name of the block
     * @param label the whole dotted name of the call
     * @param parts what is in it, in order
     */
    record Block(String block, String label, List<BlockTree> parts) implements BlockTree {

        public Block {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<OpNode> operators() {
            return parts.stream().flatMap(BlockTree::operators);
        }
    }

    /** The parts of a model's own body. */
    static List<BlockTree> of(Graph graph) {
        return parts(graph.operators(), 0);
    }

    /** Groups operators that lie in the same calls down to a level. */
    private static List<BlockTree> parts(List<OpNode> nodes, int level) {
        List<BlockTree> parts = new ArrayList<>();
        int at = 0;
        while (at < nodes.size()) {
            OpNode node = nodes.get(at);
            int end = at + 1;
            if (node.calls().size() <= level) {
                parts.add(new Layer(node));
            } else {
                OpNode.BlockCall call = call(node, level);
                while (end < nodes.size() && isIn(nodes.get(end), level, call)) {
                    end++;
                }
                parts.add(new Block(call.block(), call.label(), parts(nodes.subList(at, end), level + 1)));
            }
            at = end;
        }
        return parts;
    }

    private static OpNode.BlockCall call(OpNode node, int level) {
        return node.calls().get(node.calls().size() - 1 - level);
    }

    private static boolean isIn(OpNode node, int level, OpNode.BlockCall call) {
        return node.calls().size() > level
                && call(node, level).label().equals(call.label())
                && call(node, level).block().equals(call.block());
    }

    /** The parts with no more than some levels of blocks opened; those below stand closed, as blocks. */
    static List<BlockTree> opened(List<BlockTree> parts, int depth) {
        return depth <= 0
                ? parts
                : parts.stream()
                        .flatMap(part -> part instanceof Block block
                                ? opened(block.parts(), depth - 1).stream()
                                : Stream.of(part))
                        .toList();
    }

    /** How many levels of blocks there are below one another. */
    static int depth(List<BlockTree> parts) {
        return parts.stream()
                .mapToInt(part -> part instanceof Block block ? 1 + depth(block.parts()) : 0)
                .max()
                .orElse(0);
    }
}
