package dev.fovea.compiler.emit;

/**
 * A Java source that was generated.
 *
 * @param className its qualified name
 * @param path below a source root, with forward slashes: {@code vision/classic/LeNet5.java}
 * @param text all of it, lines ended by {@code \n}
 */
public record GeneratedSource(String className, String path, String text) {}
