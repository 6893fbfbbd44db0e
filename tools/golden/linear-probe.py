"""Golden values for the linear probe: softmax regression by gradient descent with momentum on whole batches, in float64.

Run from the repository root with numpy and scikit-learn installed:
    python tools/golden/linear-probe.py
"""
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

OUT = Path("packages/evaluation/test/golden/linear-probe.json")


def descend(x, y, classes, rate, epochs, momentum):
    w, b = np.zeros((x.shape[1], classes)), np.zeros(classes)
    vw, vb = np.zeros_like(w), np.zeros_like(b)
    for step in range(epochs):
        z = x @ w + b
        p = np.exp(z - z.max(1, keepdims=True))
        e = (p / p.sum(1, keepdims=True) - np.eye(classes)[y]) / len(x)
        vw, vb = momentum * vw + x.T @ e, momentum * vb + e.sum(0)
        lr = rate * (1 + np.cos(np.pi * step / epochs)) / 2
        w, b = w - lr * vw, b - lr * vb
    return w, b


def main():
    rng = np.random.default_rng(31)
    y = rng.integers(0, 4, 150)
    x = np.round(rng.normal(size=(4, 5))[y] + rng.normal(0, 1.2, (150, 5)), 3)
    cases = [{"learningRate": r, "epochs": e, "momentum": m, "weight": w.ravel().tolist(), "bias": b.tolist()}
             for r, e, m in ((0.5, 1, 0.9), (0.5, 30, 0.9), (1.0, 12, 0.0)) for w, b in [descend(x, y, 4, r, e, m)]]
    best = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10000).fit(x, y)
    OUT.write_text(json.dumps({"source": "tools/golden/linear-probe.py: NumPy, float64; optimum of scikit-learn", "embeddings": x.ravel().tolist(),
                               "labels": y.tolist(), "cases": cases, "probabilities": best.predict_proba(x).ravel().tolist()}) + "\n")


main()
