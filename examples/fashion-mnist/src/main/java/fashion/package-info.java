/** A program that trains a generated class and uses it; the class itself is generated from {@code lenet.cnn}. */
@NullMarked
package fashion;

import org.jspecify.annotations.NullMarked;
