"""Two steps of SGD on prototypes of which each step has a sample, in float64. Run from the repository root."""
import json
from pathlib import Path

import numpy as np

X = np.array([[0.4, 0.9], [1.0, -0.1], [-0.2, 0.7]])
W = np.array([[1.0, 0.0], [0.7, 0.7], [0.0, 1.0], [-1.0, 0.3]])
Y = np.array([2, 0, 2])
S, M = 8, 0.3
RATE, MOMENTUM, DECAY = 0.5, 0.9, 0.01
STEPS = [[0, 2, 3], [0, 1, 2]]


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def terms(w, places):
    """ArcFace over the given rows only; cos(theta + m) as all angles here are below pi - m."""
    logits = S * unit(X) @ unit(w).T
    at = np.arange(len(X))
    angle = np.arccos(logits[at, places] / S)
    assert (angle < np.pi - M).all()
    logits[at, places] = S * np.cos(angle + M)
    return np.log(np.exp(logits).sum(1)) - logits[at, places]


def gradient(w, places, h=1e-6):
    grad = np.zeros_like(w)
    for at in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[at] = h
        grad[at] = (terms(w + step, places).mean() - terms(w - step, places).mean()) / (2 * h)
    return grad


w, velocity, steps = W.copy(), np.zeros_like(W), []
for sample in STEPS:
    places = np.array([sample.index(label) for label in Y])
    per_anchor = terms(w[sample], places)
    grad = gradient(w[sample], places)
    velocity[sample] = MOMENTUM * velocity[sample] + grad + DECAY * w[sample]  # the others keep rows and velocities
    w[sample] -= RATE * velocity[sample]
    steps.append(dict(classes=sample, labels=places.tolist(), loss=per_anchor.mean(), prototypes=w.round(10).tolist(), velocity=velocity.round(10).tolist()))

golden = dict(source="tools/golden/sampled-classes.py", embeddings=X.tolist(), prototypes=W.tolist(), scale=S, marginRadians=M,
              learningRate=RATE, momentum=MOMENTUM, weightDecay=DECAY, steps=steps)
folder = Path(__file__).parents[2] / "packages/training/test/golden"
(folder / "sampled-classes.json").write_text(json.dumps(golden, indent=1) + "\n")
