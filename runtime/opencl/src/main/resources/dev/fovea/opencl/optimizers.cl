// The steps of the optimizers. One item a parameter: it alone reads and writes that parameter's floats.

// velocity = momentum·velocity + g with g = gradient + weightDecay·w; the step is lr·velocity, or with Nesterov's
// lr·(g + momentum·velocity).
__kernel void sgd_momentum(__global float *parameters, const __global float *gradients, __global float *velocities,
        long offset, long length, float rate, float momentum, int nesterov, float weightDecay) {
    const long i = get_global_id(0);
    if (i < length) {
        const float parameter = parameters[offset + i];
        const float gradient = gradients[offset + i] + weightDecay * parameter;
        const float velocity = momentum * velocities[offset + i] + gradient;
        velocities[offset + i] = velocity;
        parameters[offset + i] = parameter - rate * (nesterov ? gradient + momentum * velocity : velocity);
    }
}

__kernel void sgd(__global float *parameters, const __global float *gradients, long offset, long length, float rate,
        float weightDecay) {
    const long i = get_global_id(0);
    if (i < length) {
        const float parameter = parameters[offset + i];
        parameters[offset + i] = parameter - rate * (gradients[offset + i] + weightDecay * parameter);
    }
}

// The two corrections are 1 − beta1^t and √(1 − beta2^t), t being the number of the step from 1.
__kernel void adam(__global float *parameters, const __global float *gradients, __global float *state, long offset,
        long length, long slotLength, float rate, float beta1, float beta2, float eps, float weightDecay,
        float correction1, float correction2) {
    const long i = get_global_id(0);
    if (i < length) {
        const long at = offset + i;
        const float parameter = parameters[at];
        const float gradient = gradients[at] + weightDecay * parameter;
        const float mean = beta1 * state[at] + (1.0f - beta1) * gradient;
        const float square = beta2 * state[slotLength + at] + (1.0f - beta2) * gradient * gradient;
        state[at] = mean;
        state[slotLength + at] = square;
        parameters[at] = parameter - rate / correction1 * mean / (sqrt(square) / correction2 + eps);
    }
}

// The weights shrink apart from the gradient; then as adam without decay. kept is 1 − rate·decay.
__kernel void adamw(__global float *parameters, const __global float *gradients, __global float *state, long offset,
        long length, long slotLength, float rate, float beta1, float beta2, float eps, float kept, float correction1,
        float correction2) {
    const long i = get_global_id(0);
    if (i < length) {
        const long at = offset + i;
        const float gradient = gradients[at];
        const float mean = beta1 * state[at] + (1.0f - beta1) * gradient;
        const float square = beta2 * state[slotLength + at] + (1.0f - beta2) * gradient * gradient;
        state[at] = mean;
        state[slotLength + at] = square;
        parameters[at] = kept * parameters[at] - rate / correction1 * mean / (sqrt(square) / correction2 + eps);
    }
}

// The rate already has the decay of this step.
__kernel void adagrad(__global float *parameters, const __global float *gradients, __global float *state, long offset,
        long length, float rate, float weightDecay, float initial, float eps) {
    const long i = get_global_id(0);
    if (i < length) {
        const long at = offset + i;
        const float gradient = gradients[at] + weightDecay * parameters[at];
        const float sum = state[at] + gradient * gradient;
        state[at] = sum;
        parameters[at] -= rate * gradient / (sqrt(sum + initial) + eps);
    }
}

__kernel void adadelta(__global float *parameters, const __global float *gradients, __global float *state, long offset,
        long length, long slotLength, float rate, float rho, float eps, float weightDecay) {
    const long i = get_global_id(0);
    if (i < length) {
        const long at = offset + i;
        const float gradient = gradients[at] + weightDecay * parameters[at];
        const float square = rho * state[at] + (1.0f - rho) * gradient * gradient;
        const float before = state[slotLength + at];
        const float step = sqrt(before + eps) / sqrt(square + eps) * gradient;
        state[at] = square;
        state[slotLength + at] = rho * before + (1.0f - rho) * step * step;
        parameters[at] -= rate * step;
    }
}

// The slots: mean square, mean where it is centered, velocity where there is momentum.
__kernel void rmsprop(__global float *parameters, const __global float *gradients, __global float *state, long offset,
        long length, long slotLength, float rate, float alpha, float eps, float weightDecay, float momentum,
        int centered) {
    const long i = get_global_id(0);
    if (i < length) {
        const long at = offset + i;
        const float gradient = gradients[at] + weightDecay * parameters[at];
        float square = alpha * state[at] + (1.0f - alpha) * gradient * gradient;
        state[at] = square;
        if (centered) {
            const float mean = alpha * state[slotLength + at] + (1.0f - alpha) * gradient;
            state[slotLength + at] = mean;
            square = fmax(0.0f, square - mean * mean);
        }
        float step = gradient / (sqrt(square) + eps);
        if (momentum != 0.0f) {
            const long velocity = (centered ? 2 * slotLength : slotLength) + at;
            step += momentum * state[velocity];
            state[velocity] = step;
        }
        parameters[at] -= rate * step;
    }
}
