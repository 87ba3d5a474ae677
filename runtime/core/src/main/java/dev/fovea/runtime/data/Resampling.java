package dev.fovea.runtime.data;

import java.util.Arrays;

/**
 * Bilinear resampling of one axis with antialias, as torchvision's {@code Resize} and Pillow's {@code BILINEAR} have it: with scale =
 * in/out, output i is the mean of the inputs around its centre (i + ½)·scale, weighted by a triangle that reaches max(scale, 1) to each
 * side, cut off at the border and normalised. Weights and sums are in double, in the order of the inputs.
 */
public final class Resampling {
    private final int in;
    private final int out;
    private final int[] firsts;
    private final double[][] weights;

    private Resampling(int in, int out) {
        this.in = in;
        this.out = out;
        this.firsts = new int[out];
        this.weights = new double[out][];
    }

    /** From so many elements to so many, both at least 1. */
    public static Resampling of(int in, int out) {
        Resampling axis = new Resampling(in, out);
        double scale = (double) in / out;
        double reach = Math.max(scale, 1);
        for (int i = 0; i < out; i++) {
            double center = (i + 0.5) * scale;
            int first = Math.max(0, (int) (center - reach + 0.5));
            int end = Math.min(in, (int) (center + reach + 0.5));
            double[] shares = new double[end - first];
            double sum = 0;
            for (int j = 0; j < shares.length; j++) {
                shares[j] = Math.max(0, 1 - Math.abs((first + j - center + 0.5) / reach));
                sum += shares[j];
            }
            for (int j = 0; j < shares.length; j++) {
                shares[j] /= sum;
            }
            axis.firsts[i] = first;
            axis.weights[i] = shares;
        }
        return axis;
    }

    /** Along rows that lie one behind the other. */
    public void rows(float[] from, float[] to, int rows) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < out; i++) {
                double[] shares = weights[i];
                int at = row * in + firsts[i];
                double sum = 0;
                for (int j = 0; j < shares.length; j++) {
                    sum += shares[j] * from[at + j];
                }
                to[row * out + i] = (float) sum;
            }
        }
    }

    /** Along the columns of planes {@code [in, width]} that lie one behind the other. */
    public void columns(float[] from, float[] to, int planes, int width) {
        double[] sums = new double[width];
        for (int plane = 0; plane < planes; plane++) {
            for (int i = 0; i < out; i++) {
                Arrays.fill(sums, 0);
                for (int j = 0; j < weights[i].length; j++) {
                    double share = weights[i][j];
                    int at = (plane * in + firsts[i] + j) * width;
                    for (int column = 0; column < width; column++) {
                        sums[column] += share * from[at + column];
                    }
                }
                int target = (plane * out + i) * width;
                for (int column = 0; column < width; column++) {
                    to[target + column] = (float) sums[column];
                }
            }
        }
    }
}
