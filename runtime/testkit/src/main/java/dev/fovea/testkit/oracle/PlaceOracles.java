package dev.fovea.testkit.oracle;

import dev.fovea.ops.CenterCrop;
import dev.fovea.ops.ChannelShuffle;
import dev.fovea.ops.Crop;
import dev.fovea.ops.Pad;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.PixelShuffle;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Slice;
import java.util.ArrayList;
import java.util.List;

/** The oracles of the operators that only move elements. */
final class PlaceOracles {
    private PlaceOracles() {}

    static Oracle<Slice> slice() {
        return new PlaceOracle<>(
                (op, shape) -> {
                    List<Integer> extents = new ArrayList<>(shape.extents());
                    int kept = 0;
                    for (int i = op.from(); i < op.to(); i += op.step()) {
                        kept++;
                    }
                    extents.set(op.axis(), kept);
                    return Shape.of(extents);
                },
                (op, shape, c, h, w) -> {
                    int[] place = {c, h, w};
                    place[op.axis()] = op.from() + place[op.axis()] * op.step();
                    return place;
                });
    }

    /** A matrix of groups × C / groups, read column by column. */
    static Oracle<ChannelShuffle> channelShuffle() {
        return new PlaceOracle<>((op, shape) -> shape, (op, shape, c, h, w) ->
                new int[] {(c % op.groups()) * (shape.channels() / op.groups()) + c / op.groups(), h, w});
    }

    static Oracle<Pad> pad() {
        return new PlaceOracle<>(
                (op, shape) -> Shape.of(
                        shape.channels()
                                + op.channels().before()
                                + op.channels().after(),
                        shape.height() + op.padding().top() + op.padding().bottom(),
                        shape.width() + op.padding().left() + op.padding().right()),
                (op, shape, c, h, w) -> new int[] {
                    folded(op.mode(), c - op.channels().before(), shape.channels()),
                    folded(op.mode(), h - op.padding().top(), shape.height()),
                    folded(op.mode(), w - op.padding().left(), shape.width())
                });
    }

    /** Step by step back into the input. */
    private static int folded(PaddingMode mode, int position, int extent) {
        int last = extent - 1;
        return switch (mode) {
            case ZEROS -> position;
            case REFLECT -> last - Math.abs(last - Math.abs(position));
            case REPLICATE -> Math.max(0, Math.min(last, position));
            case CIRCULAR -> position < 0 ? position + extent : position > last ? position - extent : position;
        };
    }

    static Oracle<Crop> crop() {
        return new PlaceOracle<>(
                (op, shape) -> Shape.of(
                        shape.channels(),
                        shape.height() - op.amounts().top() - op.amounts().bottom(),
                        shape.width() - op.amounts().left() - op.amounts().right()),
                (op, shape, c, h, w) ->
                        new int[] {c, h + op.amounts().top(), w + op.amounts().left()});
    }

    static Oracle<CenterCrop> centerCrop() {
        return new PlaceOracle<>(
                (op, shape) ->
                        Shape.of(shape.channels(), op.size().height(), op.size().width()),
                (op, shape, c, h, w) -> new int[] {
                    c,
                    h + (shape.height() - op.size().height()) / 2,
                    w + (shape.width() - op.size().width()) / 2
                });
    }

    static Oracle<PixelShuffle> pixelShuffle() {
        return new PlaceOracle<>(
                (op, shape) ->
                        Shape.of(shape.channels() / op.r() / op.r(), shape.height() * op.r(), shape.width() * op.r()),
                (op, shape, c, h, w) -> {
                    int r = op.r();
                    return new int[] {(c * r + h % r) * r + w % r, h / r, w / r};
                });
    }
}
