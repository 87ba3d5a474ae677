package dev.fovea.cli;

/** What the process tells its caller. */
public final class ExitStatus {
    /** All went well; warnings may have been printed. */
    public static final int OK = 0;

    /** The input is at fault: a model, a data set, a file of weights. */
    public static final int INPUT = 1;

    /** The call is at fault: an unknown option, a device that is not there. */
    public static final int USAGE = 2;

    /** We are at fault. */
    public static final int DEFECT = 3;

    private ExitStatus() {}
}
