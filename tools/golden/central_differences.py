"""Gradients by five-point central differences, and their comparison with others."""

import numpy as np


def differences(value, at, step=2e-4):
    grad = np.zeros_like(at)
    for index in np.ndindex(at.shape):
        def moved(times):
            other = at.copy()
            other[index] += times * step
            return value(other)
        grad[index] = (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * step)
    return grad


def agree(name, one, other):
    worst = np.max(np.abs(one - other) / (1 + np.abs(other)))
    assert worst < 1e-7, (name, worst)
