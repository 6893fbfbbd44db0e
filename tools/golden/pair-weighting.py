"""Golden values of the pair losses that differ in how they weigh pairs, float64 and NumPy only.

Writes packages/core-losses/test/golden/<loss>-generated.json. Every loss is computed pair by pair from its terms, its
gradient from the weight that each pair has (dL/dS or dL/dD); every gradient is compared with five-point central
differences of the value, in which stopped quantities stay what they are at the point.

Run from the repository root:  python tools/golden/pair-weighting.py
"""

import json
import math
import re
from pathlib import Path

import numpy as np

SOURCE = "tools/golden/pair-weighting.py: float64, NumPy; gradient from pair weights, agrees with central differences"
FOLDER = Path(__file__).resolve().parents[2] / "packages/core-losses/test/golden"


def batch(seed, n=8, d=5):
    """Rows of unequal length around unequal classes; class 3 has one example."""
    rng = np.random.default_rng(seed)
    y = np.array([0, 1, 1, 2, 0, 1, 3, 2])[:n]
    centre = rng.normal(size=(4, d))
    x = (centre[y] + 0.9 * rng.normal(size=(n, d))) * rng.uniform(0.4, 1.6, size=(n, 1))
    return np.round(x, 4), y


def differences(value, at, step=2e-4):
    grad = np.zeros_like(at)
    for index in np.ndindex(at.shape):
        def moved(times):
            other = at.copy()
            other[index] += times * step
            return value(other)
        grad[index] = (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * step)
    return grad


def agree(name, analytic, numeric):
    worst = np.max(np.abs(analytic - numeric) / (1 + np.abs(numeric)))
    assert worst < 1e-7, (name, worst)


def case(name, options, x, y, loss, per_anchor, grad):
    agree(f"{name}: mean of the terms", np.mean(per_anchor), loss)
    return {"name": name, "options": options, "embeddings": x.tolist(), "labels": y.tolist(), "loss": float(loss),
            "perAnchor": np.asarray(per_anchor).tolist(), "gradEmbeddings": grad.tolist()}


def positives(y, i):
    return [j for j in range(len(y)) if j != i and y[j] == y[i]]


def negatives(y, i):
    return [j for j in range(len(y)) if y[j] != y[i]]


def cosine(a, b):
    return float(a @ b) / math.sqrt(float(a @ a) * float(b @ b))


def cosine_slopes(a, b):
    la, lb, c = np.linalg.norm(a), np.linalg.norm(b), cosine(a, b)
    return (b / lb - c * a / la) / la, (a / la - c * b / lb) / lb


def from_pair_weights(x, weight, slopes):
    """Gradient of a function of pair values: sum of weight_ij times the slopes of the pair's value at both ends."""
    grad = np.zeros_like(x)
    for (i, j), w in weight.items():
        at_i, at_j = slopes(x[i], x[j])
        grad[i] += w * at_i
        grad[j] += w * at_j
    return grad


# ---- multi-similarity --------------------------------------------------------------------------------------------

def mined(x, y, slack, drop):
    """For each anchor the positives and negatives that count."""
    sets = []
    for i in range(len(x)):
        pos = [j for j in positives(y, i) if not drop or cosine(x[i], x[j]) < 1 - 1e-5]
        neg = negatives(y, i)
        if slack is not None:
            keep_p = [j for j in pos if any(cosine(x[i], x[j]) < cosine(x[i], x[k]) + slack for k in neg)]
            keep_n = [j for j in neg if any(cosine(x[i], x[j]) > cosine(x[i], x[k]) - slack for k in pos)]
            pos, neg = keep_p, keep_n
        sets.append((pos, neg))
    return sets


def multi_similarity_case(name, options, x, y, alpha=2.0, beta=50.0, lam=1.0, slack=0.1, drop=False):
    sets = mined(x, y, slack, drop)

    def terms(z):
        return np.array([
            math.log(1 + sum(math.exp(alpha * (lam - cosine(z[i], z[j]))) for j in pos)) / alpha
            + math.log(1 + sum(math.exp(beta * (cosine(z[i], z[j]) - lam)) for j in neg)) / beta
            for i, (pos, neg) in enumerate(sets)])

    weight = {}
    for i, (pos, neg) in enumerate(sets):
        s = [cosine(x[i], row) for row in x]
        for j in pos:
            weight[i, j] = -1 / (math.exp(-alpha * (lam - s[j])) + sum(math.exp(alpha * (s[j] - s[k])) for k in pos)) / len(x)
        for j in neg:
            weight[i, j] = 1 / (math.exp(beta * (lam - s[j])) + sum(math.exp(beta * (s[k] - s[j])) for k in neg)) / len(x)
    grad = from_pair_weights(x, weight, cosine_slopes)
    agree(name, grad, differences(lambda z: terms(z).mean(), x))
    return case(name, options, x, y, terms(x).mean(), terms(x), grad)


def multi_similarity():
    x, y = batch(4)
    twice = x.copy()
    twice[2] = 2 * x[1]
    released = {"negativeScale": 40, "threshold": 0.5}
    assert any(p for p, _ in mined(x, y, 0.1, False)) and mined(x, y, 0.1, False) != mined(x, y, None, False)
    return [
        multi_similarity_case("paper", {}, x, y),
        multi_similarity_case("released constants", released, x, y, beta=40, lam=0.5),
        multi_similarity_case("paper, no mining", {"mining": False}, x, y, slack=None),
        multi_similarity_case("released constants, no mining", {**released, "mining": False}, x, y, beta=40, lam=0.5, slack=None),
        multi_similarity_case("alpha 5, beta 12, lambda 0.2, slack 0.3",
                              {"positiveScale": 5, "negativeScale": 12, "threshold": 0.2, "miningMargin": 0.3},
                              x, y, alpha=5, beta=12, lam=0.2, slack=0.3),
        multi_similarity_case("duplicates kept, no mining", {"mining": False}, twice, y, slack=None),
        multi_similarity_case("duplicates dropped, no mining", {"mining": False, "duplicates": "dropped"}, twice, y, slack=None, drop=True),
    ]


LOSSES = {"multi-similarity": multi_similarity}


def main():
    for name, cases_of in LOSSES.items():
        cases = cases_of()
        text = json.dumps({"source": SOURCE, "cases": [rounded(c) for c in cases]}, indent=1)
        (FOLDER / f"{name}-generated.json").write_text(compact(text) + "\n")
        print(name, *(f"{c['name']}: {c['loss']:.6f}" for c in cases), sep="\n  ")


def rounded(value):
    if isinstance(value, float):
        return round(value, 12)
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return {k: rounded(v) for k, v in value.items()} if isinstance(value, dict) else value


def compact(text):
    """Innermost lists on one line."""
    return re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m.group(1)) + "]", text)


if __name__ == "__main__":
    main()
