package dev.fovea.ops.recipe;

import dev.fovea.ops.Registry;

/** The registries: what a recipe can name besides operators, losses and initialisers. */
public final class Recipes {
    /** Optimizers. */
    public static final Registry<Optimizer> OPTIMIZERS =
            Registry.of(Adadelta.DEF, Adagrad.DEF, Adam.DEF, AdamW.DEF, RmsProp.DEF, Sgd.DEF);

    /** Schedules of the learning rate. */
    public static final Registry<Schedule> SCHEDULES = Registry.of(
            Constant.DEF,
            Cosine.DEF,
            Exponential.DEF,
            MultiStep.DEF,
            OneCycle.DEF,
            Plateau.DEF,
            Polynomial.DEF,
            Step.DEF);

    /** Metrics; each takes the logits and the label before its arguments. */
    public static final Registry<Metric> METRICS =
            Registry.of(Accuracy.DEF, F1.DEF, MeanAbsoluteError.DEF, Precision.DEF, Recall.DEF, TopK.DEF);

    /** Ways to train single layers. */
    public static final Registry<Pretraining> LAYERWISE =
            Registry.of(Autoencoder.DEF, DenoisingAutoencoder.DEF, Rbm.DEF, SparseAutoencoder.DEF);

    /** Augmentations. */
    public static final Registry<Augmentation> AUGMENTATIONS = Registry.of(
            Affine.DEF,
            CenterCrop.DEF,
            ColorJitter.DEF,
            Cutout.DEF,
            FlipHorizontal.DEF,
            FlipVertical.DEF,
            Mixup.DEF,
            Normalize.DEF,
            PcaColor.DEF,
            RandomCrop.DEF,
            RandomResizedCrop.DEF,
            Resize.DEF,
            Rotate.DEF,
            Shift.DEF);

    private Recipes() {}
}
