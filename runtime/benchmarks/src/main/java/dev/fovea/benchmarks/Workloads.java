package dev.fovea.benchmarks;

import static java.util.Map.entry;

import dev.fovea.ops.Add;
import dev.fovea.ops.AvgPool;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Concat;
import dev.fovea.ops.Conv;
import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Gelu;
import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Lrn;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Scale;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Silu;
import dev.fovea.ops.Softmax;
import dev.fovea.ops.Tanh;
import java.util.List;
import java.util.Map;

/** The workloads by name. */
final class Workloads {
    private static final Map<String, Workload> ALL = Map.ofEntries(
            entry("vgg conv1_1", conv(64, 3, 1, 1, 1, 4, Shape.of(3, 224, 224))),
            entry("vgg conv1_2", conv(64, 3, 1, 1, 1, 4, Shape.of(64, 224, 224))),
            entry("vgg conv3_2", conv(256, 3, 1, 1, 1, 4, Shape.of(256, 56, 56))),
            entry("vgg conv5_1", conv(512, 3, 1, 1, 1, 4, Shape.of(512, 14, 14))),
            entry("resnet conv1", conv(64, 7, 2, 3, 1, 8, Shape.of(3, 224, 224))),
            entry("resnet layer1 3x3", conv(64, 3, 1, 1, 1, 8, Shape.of(64, 56, 56))),
            entry("resnet layer2 3x3", conv(128, 3, 1, 1, 1, 8, Shape.of(128, 28, 28))),
            entry("resnet layer3 3x3", conv(256, 3, 1, 1, 1, 8, Shape.of(256, 14, 14))),
            entry("resnet layer4 3x3", conv(512, 3, 1, 1, 1, 8, Shape.of(512, 7, 7))),
            entry("resnet layer3 3x3 strided", conv(256, 3, 2, 1, 1, 8, Shape.of(128, 28, 28))),
            entry("resnet50 layer1 1x1 out", conv(256, 1, 1, 0, 1, 4, Shape.of(64, 56, 56))),
            entry("resnet50 layer4 1x1 in", conv(512, 1, 1, 0, 1, 4, Shape.of(2048, 7, 7))),
            entry("resnet50 layer2 1x1", conv(512, 1, 1, 0, 1, 4, Shape.of(128, 28, 28))),
            entry("resnet50 layer3 1x1 strided", conv(1024, 1, 2, 0, 1, 4, Shape.of(512, 28, 28))),
            entry("googlenet 5x5", conv(32, 5, 1, 2, 1, 8, Shape.of(16, 28, 28))),
            entry("lenet conv2", conv(16, 5, 1, 0, 1, 64, Shape.of(6, 14, 14))),
            entry("alexnet conv2 grouped", conv(256, 5, 1, 2, 2, 16, Shape.of(96, 27, 27))),
            entry("resnext 3x3 32 groups", conv(128, 3, 1, 1, 32, 8, Shape.of(128, 56, 56))),
            entry("mobilenet depthwise", conv(128, 3, 1, 1, 128, 8, Shape.of(128, 56, 56))),
            entry("mobilenet depthwise strided", conv(64, 3, 2, 1, 64, 8, Shape.of(64, 112, 112))),
            entry("mobilenet depthwise 7x7", conv(1024, 3, 1, 1, 1024, 8, Shape.of(1024, 7, 7))),
            entry("efficientnet depthwise 5x5", conv(240, 5, 1, 2, 240, 8, Shape.of(240, 28, 28))),
            entry("convnext depthwise 7x7", conv(192, 7, 1, 3, 192, 8, Shape.of(192, 28, 28))),
            entry("vgg fc6", Workload.of(new Dense(4096, true, Initializer.DEFAULT), 4, Shape.of(25088))),
            entry("alexnet fc6", Workload.of(new Dense(4096, true, Initializer.DEFAULT), 16, Shape.of(9216))),
            entry("alexnet fc6 alone", Workload.of(new Dense(4096, true, Initializer.DEFAULT), 1, Shape.of(9216))),
            entry("lenet fc1", Workload.of(new Dense(120, true, Initializer.DEFAULT), 64, Shape.of(400))),
            entry("resnet fc", Workload.of(new Dense(1000, true, Initializer.DEFAULT), 8, Shape.of(512))),
            entry("resnet maxpool", Workload.of(maxpool(3, 2, 1), 8, Shape.of(64, 112, 112))),
            entry("vgg maxpool", Workload.of(maxpool(2, 2, 0), 4, Shape.of(128, 112, 112))),
            entry("googlenet maxpool", Workload.of(maxpool(3, 2, 1), 8, Shape.of(480, 28, 28))),
            entry("inception maxpool", Workload.of(maxpool(3, 1, 1), 8, Shape.of(480, 14, 14))),
            entry("densenet avgpool", Workload.of(avgpool(), 4, Shape.of(128, 56, 56))),
            entry("global avgpool", Workload.of(new GlobalAvgPool(), 8, Shape.of(512, 7, 7))),
            entry("batchnorm 64x56x56", Workload.of(new BatchNorm(1e-5f, 0.1f, true), 8, Shape.of(64, 56, 56))),
            entry("batchnorm 256x14x14", Workload.of(new BatchNorm(1e-5f, 0.1f, true), 8, Shape.of(256, 14, 14))),
            entry("batchnorm 512x7x7", Workload.of(new BatchNorm(1e-5f, 0.1f, true), 8, Shape.of(512, 7, 7))),
            entry("lrn 96x27x27", Workload.of(new Lrn(5, 1e-4f, 0.75f, 2, false), 16, Shape.of(96, 27, 27))),
            entry("relu", Workload.of(new Relu(), 8, Shape.of(64, 112, 112))),
            entry("sigmoid", Workload.of(new Sigmoid(), 8, Shape.of(64, 56, 56))),
            entry("tanh", Workload.of(new Tanh(), 8, Shape.of(64, 56, 56))),
            entry("silu", Workload.of(new Silu(), 8, Shape.of(64, 56, 56))),
            entry("gelu", Workload.of(new Gelu(), 8, Shape.of(64, 56, 56))),
            entry("add", Workload.of(new Add(), 8, Shape.of(64, 112, 112), Shape.of(64, 112, 112))),
            entry("concat", Workload.of(new Concat(0), 8, Shape.of(256, 28, 28), Shape.of(32, 28, 28))),
            entry("scale", Workload.of(new Scale(), 8, Shape.of(256, 56, 56), Shape.of(256))),
            entry("softmax 1000", Workload.of(new Softmax(), 64, Shape.of(1000))),
            entry("cross_entropy 1000", Workload.of(new CrossEntropy(0), 64, Shape.of(1000), Shape.of(1))));

    private Workloads() {}

    /**
     * A workload.
     *
     * @throws IllegalArgumentException when there is none of the name
     */
    static Workload named(String name) {
        Workload workload = ALL.get(name);
        if (workload == null) {
            throw new IllegalArgumentException("no workload `" + name + "`; there are " + ALL.keySet());
        }
        return workload;
    }

    private static Workload conv(
            int channels, int kernel, int stride, int padding, int groups, int batch, Shape input) {
        Conv conv = new Conv(
                channels,
                Pair.square(kernel),
                Pair.square(stride),
                Padding.all(padding),
                Pair.square(1),
                groups,
                false,
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                List.of(),
                Rounding.FLOOR);
        return Workload.of(conv, batch, input);
    }

    private static MaxPool maxpool(int kernel, int stride, int padding) {
        return new MaxPool(Pair.square(kernel), Pair.square(stride), Padding.all(padding), Pair.square(1), false);
    }

    private static AvgPool avgpool() {
        return new AvgPool(Pair.square(2), Pair.square(2), Padding.NONE, false, true);
    }
}
