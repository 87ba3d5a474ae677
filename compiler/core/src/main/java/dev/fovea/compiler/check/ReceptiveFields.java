package dev.fovea.compiler.check;

import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.ops.Reach;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * How many rows and columns of an input one element of each tensor sees, borders left aside: r = r' + (F − 1)·j',
 * j = j'·S along a chain; where branches join, the widest counts.
 */
public final class ReceptiveFields {
    private final List<Field> fields = new ArrayList<>();

    /** Rows and columns seen, and the rows and columns of the input from one element to the next. */
    private record Field(double rows, double columns, double rowJump, double columnJump) {
        private Field widest(Field other) {
            return new Field(
                    Math.max(rows, other.rows),
                    Math.max(columns, other.columns),
                    Math.max(rowJump, other.rowJump),
                    Math.max(columnJump, other.columnJump));
        }

        private Field through(Reach reach) {
            return new Field(
                    rows + (reach.rows() - 1) * rowJump,
                    columns + (reach.columns() - 1) * columnJump,
                    rowJump * reach.rowStep(),
                    columnJump * reach.columnStep());
        }
    }

    private ReceptiveFields() {}

    /** The fields of all tensors. */
    public static ReceptiveFields of(List<Node> nodes) {
        ReceptiveFields all = new ReceptiveFields();
        for (Node node : nodes) {
            all.fields.add(node instanceof OpNode layer ? all.of(layer, nodes) : new Field(1, 1, 1, 1));
        }
        return all;
    }

    /** The rows that an element of a node's tensor sees. */
    public long rows(int node) {
        return (long) Math.ceil(fields.get(node).rows());
    }

    /** The columns that an element of a node's tensor sees. */
    public long columns(int node) {
        return (long) Math.ceil(fields.get(node).columns());
    }

    private Field of(OpNode layer, List<Node> nodes) {
        List<Shape> shapes =
                layer.inputs().stream().map(id -> nodes.get(id).shape()).toList();
        Field before = fields.get(layer.inputs().get(0));
        for (int input : layer.inputs()) {
            before = before.widest(fields.get(input));
        }
        return before.through(layer.op().def().reach(layer.op(), shapes, layer.shape()));
    }
}
