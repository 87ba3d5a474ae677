package dev.fovea.compiler.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The arrows of a diagram between the boxes that are not open, for forms that know boxes by name. */
final class FlatArrows {

    private final Diagram diagram;
    private final String prefix;
    private final List<Arrow> arrows = new ArrayList<>();

    /** An arrow between boxes by their names, with the shape of what flows. */
    record Arrow(String from, String to, String shape) {}

    private record End(String id, String shape) {}

    private FlatArrows(Diagram diagram, String prefix) {
        this.diagram = diagram;
        this.prefix = prefix;
    }

    static List<Arrow> of(Diagram diagram) {
        return new FlatArrows(diagram, "n").collect();
    }

    /** What stands in a box, a line a part. */
    static List<String> lines(Diagram.Box box) {
        return Stream.of(box.title(), box.details(), box.remark())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private List<Arrow> collect() {
        for (Diagram.Arrow arrow : diagram.arrows()) {
            if (arrow.from() != Diagram.BORDER && arrow.to() != Diagram.BORDER) {
                for (End from : ends(diagram, prefix, arrow.from(), true)) {
                    for (End to : ends(diagram, prefix, arrow.to(), false)) {
                        arrows.add(new Arrow(from.id(), to.id(), from.shape()));
                    }
                }
            }
        }
        for (int i = 0; i < diagram.boxes().size(); i++) {
            arrows.addAll(new FlatArrows(diagram.boxes().get(i).inner(), prefix + i + "_").collect());
        }
        return arrows;
    }

    /** The boxes at which an arrow from or to a box begins or ends, once it is open. */
    private static List<End> ends(Diagram diagram, String prefix, int place, boolean leaving) {
        Diagram.Box box = diagram.boxes().get(place);
        String id = prefix + place;
        if (!box.isOpen()) {
            return List.of(new End(id, box.shape()));
        }
        return box.inner().arrows().stream()
                .filter(arrow -> (leaving ? arrow.to() : arrow.from()) == Diagram.BORDER)
                .map(arrow -> leaving ? arrow.from() : arrow.to())
                .filter(inner -> inner != Diagram.BORDER)
                .distinct()
                .flatMap(inner -> ends(box.inner(), id + "_", inner, leaving).stream())
                .toList();
    }
}
