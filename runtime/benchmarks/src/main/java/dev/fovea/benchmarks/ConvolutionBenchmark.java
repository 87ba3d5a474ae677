package dev.fovea.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Convolutions of the classic networks. */
public class ConvolutionBenchmark extends KernelBenchmark {
    /** Which of {@link Workloads}. */
    @Param({
        "vgg conv1_1",
        "vgg conv1_2",
        "vgg conv3_2",
        "vgg conv5_1",
        "resnet conv1",
        "resnet layer1 3x3",
        "resnet layer2 3x3",
        "resnet layer3 3x3",
        "resnet layer4 3x3",
        "resnet layer3 3x3 strided",
        "resnet50 layer1 1x1 out",
        "resnet50 layer4 1x1 in",
        "resnet50 layer2 1x1",
        "resnet50 layer3 1x1 strided",
        "googlenet 5x5",
        "lenet conv2",
        "alexnet conv2 grouped",
        "resnext 3x3 32 groups",
        "mobilenet depthwise",
        "mobilenet depthwise strided",
        "mobilenet depthwise 7x7",
        "efficientnet depthwise 5x5",
        "convnext depthwise 7x7"
    })
    public String workload;

    @Override
    String workload() {
        return workload;
    }
}
