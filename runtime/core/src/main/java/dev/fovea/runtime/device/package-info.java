/**
 * Which devices there are and which one will be used. The CPU is always there; a module on the class path brings others
 * through {@link dev.fovea.runtime.device.DeviceProvider} and {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.fovea.runtime.device;

import org.jspecify.annotations.NullMarked;
