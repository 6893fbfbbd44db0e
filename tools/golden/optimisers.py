"""Golden values of optimiser updates: PyTorch's documented formulas in float64 NumPy, three steps each.

python tools/golden/optimisers.py > packages/training/test/golden/optimisers.json
"""
import json

import numpy as np

START = np.array([0.5, -1.25, 2.0, 0.0, -0.03, 3.5])
GRADIENTS = np.array([
    [0.2, -0.4, 1.5, 0.01, -2.0, 0.0],
    [-0.1, 0.3, 1.0, 0.02, 4.0, 0.5],
    [0.05, -0.6, -2.5, 0.0, 1.0, -0.25],
])
RATES = [0.1, 0.1, 0.01]
MASK = np.array([1, 1, 1, 0, 0, 1.0])
MULTIPLIER = np.array([1, 1, 1, 1, 0.5, 2.0])


def clip(g, norm):
    """torch.nn.utils.clip_grad_norm_"""
    return g * min(1.0, norm / (np.sqrt(np.sum(g * g)) + 1e-6))


def sgd(momentum, nesterov=False, weight_decay=0.0, mask=MASK, multiplier=1.0, norm=None):
    p, v = START.copy(), np.zeros_like(START)
    for t, g in enumerate(GRADIENTS):
        g = g if norm is None else clip(g, norm)
        g = g + weight_decay * mask * p
        v = momentum * v + g
        p = p - RATES[t] * multiplier * (g + momentum * v if nesterov else v)
    return {"parameters": p.tolist(), "slots": {"velocity": v.tolist()}}


def adam(beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0, decoupled=False, mask=MASK, multiplier=1.0):
    p, m, v = START.copy(), np.zeros_like(START), np.zeros_like(START)
    for t, g in enumerate(GRADIENTS):
        rate = RATES[t] * multiplier
        if decoupled:
            p = p - rate * weight_decay * mask * p
        else:
            g = g + weight_decay * mask * p
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        p = p - rate * (m / (1 - beta1 ** (t + 1))) / (np.sqrt(v / (1 - beta2 ** (t + 1))) + epsilon)
    return {"parameters": p.tolist(), "slots": {"first": m.tolist(), "second": v.tolist()}}


def case(name, config, expected, **extra):
    return {"name": name, "config": {"learningRate": 1, **config}, **extra, **expected}


sgd_config = {"name": "sgd"}
cases = [
    case("sgd without momentum", {**sgd_config, "momentum": 0}, sgd(0.0)),
    case("sgd with momentum", {**sgd_config, "momentum": 0.9}, sgd(0.9)),
    case("sgd, default momentum", sgd_config, sgd(0.9)),
    case("sgd with Nesterov momentum", {**sgd_config, "momentum": 0.8, "nesterov": True}, sgd(0.8, nesterov=True)),
    case("sgd with masked decay", {**sgd_config, "momentum": 0.9, "weightDecay": 0.05}, sgd(0.9, weight_decay=0.05)),
    case("sgd with clipping and decay", {**sgd_config, "momentum": 0.9, "weightDecay": 0.05}, sgd(0.9, weight_decay=0.05, norm=1.0), clip={"norm": 1}),
    case("sgd with own rates and decay", {**sgd_config, "momentum": 0.9, "weightDecay": 0.05, "lossLearningRate": 2}, sgd(0.9, weight_decay=0.05, multiplier=MULTIPLIER), multipliers=True),
    case("adam", {"name": "adam"}, adam()),
    case("adam with other constants", {"name": "adam", "beta1": 0.8, "beta2": 0.95, "epsilon": 0.001}, adam(0.8, 0.95, 0.001)),
    case("adam with decay in the gradient", {"name": "adam", "weightDecay": 0.05}, adam(weight_decay=0.05)),
    case("adamw", {"name": "adamw", "weightDecay": 0.05}, adam(weight_decay=0.05, decoupled=True)),
    case("adamw with own rates", {"name": "adamw", "weightDecay": 0.05, "lossLearningRate": 2}, adam(weight_decay=0.05, decoupled=True, multiplier=MULTIPLIER), multipliers=True),
]
print(json.dumps({
    "source": "tools/golden/optimisers.py, float64 NumPy; formulas of torch.optim.SGD, Adam, AdamW and clip_grad_norm_ as documented by PyTorch",
    "start": START.tolist(), "gradients": GRADIENTS.tolist(), "rates": RATES, "cases": cases,
}, indent=1))
