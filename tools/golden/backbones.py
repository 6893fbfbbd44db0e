"""Golden values for packages/backbones: float64 numpy, no framework; gradients by central differences.

    python3 tools/golden/backbones.py

writes packages/backbones/test/golden/{batch-norm-training,forward}.json. Shares no code with the package:
convolutions are loops over pixels, with explicit zeros on every side (the rule of Caffe and PyTorch).
"""
import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parents[2] / "packages" / "backbones" / "test" / "golden"
SOURCE = "tools/golden/backbones.py, float64 numpy; gradients by central differences"


def rounded(value):
    return np.round(np.asarray(value, dtype=np.float64), 12).tolist()


def central(f, x, step=1e-5):
    gradient = np.zeros_like(x)
    for at in np.ndindex(x.shape):
        keep = x[at]
        x[at] = keep + step
        above = f()
        x[at] = keep - step
        below = f()
        x[at] = keep
        gradient[at] = (above - below) / (2 * step)
    return gradient


def batch_norm(x, gamma, beta, epsilon, mean=None, variance=None):
    axes = tuple(range(x.ndim - 1))
    mean = x.mean(axes) if mean is None else mean
    variance = x.var(axes) if variance is None else variance
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def conv(x, kernel, stride, padding):
    size = kernel.shape[0]
    padded = np.zeros((x.shape[0], x.shape[1] + 2 * padding, x.shape[2] + 2 * padding, x.shape[3]))
    padded[:, padding:padding + x.shape[1], padding:padding + x.shape[2]] = x
    height = (padded.shape[1] - size) // stride + 1
    width = (padded.shape[2] - size) // stride + 1
    y = np.zeros((x.shape[0], height, width, kernel.shape[3]))
    for row in range(height):
        for column in range(width):
            patch = padded[:, row * stride:row * stride + size, column * stride:column * stride + size]
            y[:, row, column] = np.tensordot(patch, kernel, axes=3)
    return y


def max_pool(x, size):
    height, width = x.shape[1] // size, x.shape[2] // size
    x = x[:, :height * size, :width * size]
    return x.reshape(x.shape[0], height, size, width, size, x.shape[3]).max((2, 4))


def batch_norm_cases(random):
    for name, shape, epsilon in (("image", (3, 2, 3, 2), 1e-5), ("vector", (5, 3), 0.1)):
        c = shape[-1]
        x = random.normal(size=shape) * np.arange(1, c + 1) + np.arange(c)
        gamma, beta = random.normal(size=c) + 1, random.normal(size=c)
        upstream = random.normal(size=shape)

        def loss():
            return float((batch_norm(x, gamma, beta, epsilon) * upstream).sum())

        axes = tuple(range(x.ndim - 1))
        yield {
            "name": name, "shape": list(shape), "epsilon": epsilon, "x": rounded(x.ravel()), "gamma": rounded(gamma),
            "beta": rounded(beta), "upstream": rounded(upstream.ravel()),
            "y": rounded(batch_norm(x, gamma, beta, epsilon).ravel()),
            "mean": rounded(x.mean(axes)), "variance": rounded(x.var(axes)),
            "gradX": rounded(central(loss, x).ravel()), "gradGamma": rounded(central(loss, gamma)),
            "gradBeta": rounded(central(loss, beta)),
        }


EPSILON, RATE, MOMENTUM = 0.01, 0.25, 0.9


def network(p, s, images, mask, training):
    """The network of test/golden-network.ts; returns embedding and the running statistics afterwards."""
    after = dict(s)

    def norm(name, x, gamma):
        if not training:
            return batch_norm(x, gamma, p[f"{name}/beta"], EPSILON, s[f"{name}/mean"], s[f"{name}/variance"])
        axes = tuple(range(x.ndim - 1))
        after[f"{name}/mean"] = MOMENTUM * s[f"{name}/mean"] + (1 - MOMENTUM) * x.mean(axes)
        after[f"{name}/variance"] = MOMENTUM * s[f"{name}/variance"] + (1 - MOMENTUM) * x.var(axes, ddof=1)
        return batch_norm(x, gamma, p[f"{name}/beta"], EPSILON)

    stem = norm("stem.norm", conv(images, p["stem/kernel"], 2, 1), p["stem.norm/gamma"])
    stem = np.where(stem > 0, stem, p["stem.prelu/alpha"] * stem)
    branch = np.maximum(conv(stem, p["branch/kernel"], 1, 1) + p["branch/bias"], 0)
    total = branch + conv(stem, p["shortcut/kernel"], 1, 0)
    flat = max_pool(total, 2).reshape(images.shape[0], -1)
    flat = flat * mask / (1 - RATE) if training else flat
    left = flat @ p["left/kernel"] + p["left/bias"]
    both = np.concatenate([left, total.mean((1, 2))], axis=1)
    return norm("embedding", both, 1.0), after


def forward_case(random):
    shapes = {
        "stem/kernel": (3, 3, 2, 3), "stem.norm/gamma": (3,), "stem.norm/beta": (3,), "stem.prelu/alpha": (3,),
        "branch/kernel": (3, 3, 3, 2), "branch/bias": (2,), "shortcut/kernel": (1, 1, 3, 2),
        "left/kernel": (4, 2), "left/bias": (2,), "embedding/beta": (4,),
    }
    p = {name: random.normal(size=shape) * 0.5 for name, shape in shapes.items()}
    p["stem.norm/gamma"] += 1
    s = {f"{name}/mean": random.normal(size=c) * 0.3 for name, c in (("stem.norm", 3), ("embedding", 4))}
    s |= {f"{name}/variance": random.uniform(0.5, 2, size=c) for name, c in (("stem.norm", 3), ("embedding", 4))}
    images = random.normal(size=(3, 8, 5, 2))  # even height, odd width: 8x5 -> 4x3 -> 2x1
    mask = np.array([[1, 0, 1, 1], [1, 1, 1, 0], [0, 1, 1, 1]], dtype=np.float64)
    upstream = random.normal(size=(3, 4))

    def result(training):
        embedding, after = network(p, s, images, mask, training)

        def loss():
            return float((network(p, s, images, mask, training)[0] * upstream).sum())

        return {
            "embedding": rounded(embedding.ravel()),
            "statistics": {name: rounded(value) for name, value in after.items()},
            "gradients": {name: rounded(central(loss, value).ravel()) for name, value in p.items()},
            "gradImages": rounded(central(loss, images).ravel()),
        }

    return {
        "source": SOURCE, "shapes": {name: list(shape) for name, shape in shapes.items()},
        "parameters": {name: rounded(value.ravel()) for name, value in p.items()},
        "statistics": {name: rounded(value) for name, value in s.items()},
        "images": rounded(images.ravel()), "mask": mask.ravel().tolist(), "upstream": rounded(upstream.ravel()),
        "momentum": MOMENTUM, "training": result(True), "evaluation": result(False),
    }


def write(name, content):
    (HERE / f"{name}.json").write_text(json.dumps(content) + "\n")


write("batch-norm-training", {"source": SOURCE, "cases": list(batch_norm_cases(np.random.default_rng(7)))})
write("forward", forward_case(np.random.default_rng(11)))
