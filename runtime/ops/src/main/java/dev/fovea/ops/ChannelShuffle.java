package dev.fovea.ops;

/**
 * Channels of several groups dealt out in turns, so that the groups of the next convolution see some of each (Zhang et al.
 * 2018, ShuffleNet).
 *
 * @param groups before the shuffle
 */
public record ChannelShuffle(int groups) implements Rearranging {
    /** The definition. */
    public static final OpDef<ChannelShuffle> DEF = OpDef.named("channel_shuffle")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("that of the input, of rank 1 or 3")
            .source("Zhang et al. 2018")
            .summary("deals out the channels of several groups in turns")
            .formula("y[i·groups + g] = x[g·C/groups + i]")
            .notes("PyTorch's ChannelShuffle: reshape to [groups, C / groups], transpose, flatten.")
            .input("x")
            .required("groups", AttributeType.INT, Limit.AT_LEAST_ONE, "groups of channels")
            .build(a -> new ChannelShuffle(a.integer("groups")), (op, inputs, findings) -> {
                Require.vectorOrImage("channel_shuffle", inputs.get(0));
                Require.groups(op.groups, inputs.get(0).channels());
                return inputs.get(0);
            })
            .sample(new ChannelShuffle(2), Shape.of(6, 3, 5))
            .sample(new ChannelShuffle(3), Shape.of(12, 5, 4))
            .sample(new ChannelShuffle(4), Shape.of(20));

    @Override
    public Rearrangement rearrangement(Shape input) {
        int each = input.channels() / groups;
        return Rearrangement.ofAxis(input, 0, input.channels(), c -> c % groups * each + c / groups);
    }

    @Override
    public OpDef<ChannelShuffle> def() {
        return DEF;
    }
}
