package dev.fovea.compiler.draw;

import dev.fovea.compiler.draw.Diagram.Arrow;
import dev.fovea.compiler.draw.Diagram.Box;
import dev.fovea.compiler.graph.BlockTree;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.graph.Output;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a diagram of a graph. */
final class DiagramBuilder {

    /** Boxes of a picture that is taken in at a glance. */
    private static final int GLANCE = 40;

    private final Graph graph;

    /** For each tensor, the operators that read it. */
    private final Map<Integer, Set<Integer>> readers = new HashMap<>();

    private final Set<Integer> results = new HashSet<>();

    private DiagramBuilder(Graph graph) {
        this.graph = graph;
        for (OpNode node : graph.operators()) {
            node.inputs().forEach(input -> readers.computeIfAbsent(input, id -> new HashSet<>())
                    .add(node.id()));
        }
        graph.outputs().forEach(output -> results.add(output.node()));
    }

    /**
     * The diagram of a graph.
     *
     * @param depth levels of blocks that are opened; negative for as many as can be taken in at a glance
     */
    static Diagram of(Graph graph, int depth) {
        List<BlockTree> parts = BlockTree.of(graph);
        int opened = depth >= 0 ? depth : BlockTree.depth(parts);
        while (depth < 0 && opened > 0 && BlockTree.opened(parts, opened).size() > GLANCE) {
            opened--;
        }
        return new DiagramBuilder(graph).model(parts, opened);
    }

    private Diagram model(List<BlockTree> parts, int depth) {
        List<Box> boxes = new ArrayList<>();
        List<Set<Integer>> contents = new ArrayList<>();
        for (InputNode input : graph.inputs()) {
            boxes.add(new Box(input.name(), "", "", shape(input.shape()), Family.INPUT, false, Diagram.EMPTY));
            contents.add(Set.of(input.id()));
        }
        for (BlockTree part : parts) {
            boxes.add(box(part, depth));
            contents.add(ids(part));
        }
        Set<Arrow> arrows = new LinkedHashSet<>(arrows(contents));
        arrows.removeIf(arrow -> arrow.from() == Diagram.BORDER || arrow.to() == Diagram.BORDER);
        for (Output output : graph.outputs()) {
            int from = 0;
            while (!contents.get(from).contains(output.node())) {
                from++;
            }
            arrows.add(new Arrow(from, boxes.size()));
            boxes.add(new Box(output.name(), "", "", "", Family.OUTPUT, output.trainOnly(), Diagram.EMPTY));
        }
        return new Diagram(boxes, List.copyOf(arrows));
    }

    private Box box(BlockTree part, int depth) {
        List<OpNode> nodes = part.operators().toList();
        boolean dashed = nodes.stream().allMatch(OpNode::trainOnly);
        OpNode last = nodes.get(nodes.size() - 1);
        if (part instanceof BlockTree.Layer layer) {
            OpNode node = layer.node();
            return new Box(
                    node.op().name(),
                    OperatorArguments.of(node.op()),
                    remark(node.name(), nodes),
                    shape(node.shape()),
                    Family.of(graph, node),
                    dashed,
                    Diagram.EMPTY);
        }
        BlockTree.Block block = (BlockTree.Block) part;
        Diagram inner = depth > 0 ? inside(block.parts(), depth - 1) : Diagram.EMPTY;
        return new Box(
                block.block(), "", remark(block.label(), nodes), shape(last.shape()), Family.BLOCK, dashed, inner);
    }

    private Diagram inside(List<BlockTree> parts, int depth) {
        return new Diagram(
                parts.stream().map(part -> box(part, depth)).toList(),
                arrows(parts.stream().map(DiagramBuilder::ids).toList()));
    }

    private static Set<Integer> ids(BlockTree part) {
        return part.operators().map(OpNode::id).collect(Collectors.toSet());
    }

    /** The arrows between sets of nodes, and those from and to the border. */
    private List<Arrow> arrows(List<Set<Integer>> contents) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int place = 0; place < contents.size(); place++) {
            for (int id : contents.get(place)) {
                places.put(id, place);
            }
        }
        Set<Arrow> arrows = new LinkedHashSet<>();
        for (int place = 0; place < contents.size(); place++) {
            for (int id : contents.get(place).stream().sorted().toList()) {
                for (int input : graph.node(id).inputs()) {
                    int from = places.getOrDefault(input, Diagram.BORDER);
                    if (from != place) {
                        arrows.add(new Arrow(from, place));
                    }
                }
                boolean leaves = results.contains(id)
                        || readers.getOrDefault(id, Set.of()).stream().anyMatch(reader -> !places.containsKey(reader));
                if (leaves) {
                    arrows.add(new Arrow(place, Diagram.BORDER));
                }
            }
        }
        return List.copyOf(arrows);
    }

    private String remark(String label, List<OpNode> nodes) {
        long parameters = nodes.stream()
                .flatMap(node -> node.parameters().stream())
                .distinct()
                .mapToLong(place -> graph.parameters().get(place).parameter().count())
                .sum();
        return parameters == 0 ? label : label + " · " + String.format(Locale.ROOT, "%,d", parameters);
    }

    private static String shape(Shape shape) {
        return shape.extents().stream().map(String::valueOf).collect(Collectors.joining("×"));
    }
}
