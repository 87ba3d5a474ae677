package dev.fovea.opencl;

/**
 * An operator that has no kernel on the OpenCL device and runs on the CPU, with its tensors carried back and forth.
 *
 * @param layer the first layer of the model it occurred in
 * @param operator the operator's name
 */
public record Fallback(String layer, String operator) {}
