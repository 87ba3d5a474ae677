package dev.fovea.opencl;

/**
 * In which order {@code gemm.cl} goes through the taps and channels of a convolution, see {@code group_order.cl}.
 *
 * @param channelsInner whether it goes tap by tap, all channels of one together
 * @param padded channels rounded up to whole tiles, where they are inner
 * @param rowClasses classes of pixels along the height that see different taps
 * @param columnClasses classes along the width
 */
record GroupOrder(boolean channelsInner, int padded, int rowClasses, int columnClasses) {
    private static final GroupOrder AS_IN_MEMORY = new GroupOrder(false, 1, 1, 1);

    /** Of the channels in a row of tiles so many quarters are to be real at least: the rest is multiplied in vain. */
    private static final int LEAST_QUARTERS = 3;

    /**
     * The order of a product.
     *
     * @param step channels that a tile has along the axis on which they are inner
     */
    static GroupOrder of(ProductRequest request, int step) {
        ConvolutionShape shape = request.shape();
        int channels = request.isOfInput() ? shape.outputs() : shape.inputs();
        int padded = (channels + step - 1) / step * step;
        if (4L * channels < (long) LEAST_QUARTERS * padded) {
            return AS_IN_MEMORY;
        }
        return request.isOfInput()
                ? new GroupOrder(
                        true, padded, shape.rows().stride(), shape.columns().stride())
                : new GroupOrder(true, padded, 1, 1);
    }

    /** The numbers that the kernel expects. */
    Defines defines() {
        return new Defines()
                .with("CHANNELS_INNER", channelsInner)
                .with("PADDED", padded)
                .with("CLASSES", classes());
    }

    /** Classes of columns, each of which is a product of its own. */
    int classes() {
        return rowClasses * columnClasses;
    }

    /** Columns of a class at a batch, those that stand for no pixel included. */
    long columns(ProductRequest request, int batch) {
        ConvolutionShape shape = request.shape();
        if (request.isSliced()) {
            return (long) shape.kernelArea() * (channelsInner ? padded : shape.inputs());
        }
        if (!request.isOfInput()) {
            return (long) shape.outputArea() * batch;
        }
        return ProductTiles.count(shape.rows().input(), rowClasses)
                * ProductTiles.count(shape.columns().input(), columnClasses)
                * batch;
    }

    /** Whether the weights are copied in this order before. */
    boolean isTurned(ProductRequest request) {
        return channelsInner && !request.isSliced() && request.shape().kernelArea() > 1;
    }
}
