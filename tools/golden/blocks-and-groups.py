"""Golden values for nbcSoftmax, lSoftmax, group and groupLoss, float64 and NumPy only.

Writes packages/core-losses/test/golden/<loss>-generated.json. Values are loops over examples and classes; gradients are
five-point central differences at two step sizes, which must agree.

Run from the repository root:  python tools/golden/blocks-and-groups.py
"""

import math

import numpy as np

from central_differences import agree, differences
from golden_file import write_golden

SOURCE = "tools/golden/blocks-and-groups.py: float64, NumPy; five-point central differences, two step sizes agree"


def batch(seed, n=7, d=5, c=6):
    """Rows of unequal length, unequal class counts, labels out of order, classes 3 and 5 absent."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.normal(size=(n, d)) * rng.uniform(0.5, 2.0, size=(n, 1)), 4)
    w = np.round(rng.normal(size=(c, d)) * rng.uniform(0.3, 1.5, size=(c, 1)), 4)
    return x, np.array([4, 1, 1, 2, 0, 1, 0]), w


def gradient(name, value, at):
    fine, coarse = differences(value, at, 2e-4), differences(value, at, 4e-4)
    agree(name, coarse, fine)
    return fine.tolist()


def cross_entropy(z, own):
    top = max(z)
    return top + math.log(sum(math.exp(v - top) for v in z)) - z[own]


def cosine(a, b):
    return float(a @ b / math.sqrt((a @ a) * (b @ b)))


# ---- NBC-Softmax ----------------------------------------------------------------------------------------------

def block_term(x, y, c, tau, mode, normaliser, self_term, sign, p=None, p_bias=None):
    """Mean over the classes of the batch, and the share of each example."""
    z = x if p is None else np.array([p @ row + p_bias for row in x])
    classes = sorted(set(y.tolist()))
    mu = {a: np.mean([z[i] for i in range(len(y)) if y[i] == a], axis=0) for a in classes}
    logs = {}
    for a in classes:
        total = 1.0 if self_term == "keep" else 0.0
        for b in classes:
            if b != a:
                s = cosine(mu[a], mu[b])
                s = abs(s) if sign == "absolute" else s
                total += math.exp(tau * s if mode == "multiply" else s / tau)
        logs[a] = math.log(total)
    divisor = {"classes": c, "present": len(classes), "none": 1}[normaliser]
    size = {a: int(np.sum(y == a)) for a in classes}
    shares = [logs[a] / divisor / len(classes) * len(y) / size[a] for a in y.tolist()]
    return sum(logs.values()) / len(classes) / divisor, shares


def nbc_case(name, data, b, rho=0.5, p=None, p_bias=None, **options):
    x, y, w = data
    settings = {"tau": 0.2, "mode": "multiply", "normaliser": "classes", "self_term": "keep", "sign": "signed", **options}
    def terms(x, w, b, p, p_bias):
        plain = [cross_entropy([float(row @ xi) + bias for row, bias in zip(w, b)], yi) for xi, yi in zip(x, y)]
        block, shares = block_term(x, y, len(w), p=p, p_bias=p_bias, **settings)
        return (1 - rho) * np.mean(plain) + rho * block, [(1 - rho) * u + rho * v for u, v in zip(plain, shares)]
    loss, per_anchor = terms(x, w, b, p, p_bias)
    names = {"tau": "tau", "mode": "tauMode", "normaliser": "normaliser", "self_term": "selfTerm", "sign": "sign"}
    out = {
        "name": name, "options": {"rho": rho, **{names[k]: v for k, v in options.items()}},
        "embeddings": x.tolist(), "labels": y.tolist(), "prototypes": w.tolist(), "bias": b.tolist(),
        "loss": float(loss), "perAnchor": [float(v) for v in per_anchor],
        "gradEmbeddings": gradient(name, lambda a: terms(a, w, b, p, p_bias)[0], x),
        "gradPrototypes": gradient(name, lambda a: terms(x, a, b, p, p_bias)[0], w),
        "gradBias": gradient(name, lambda a: terms(x, w, a, p, p_bias)[0], b),
    }
    if p is not None:
        out.update({
            "projection": p.tolist(), "projectionBias": p_bias.tolist(),
            "gradProjection": gradient(name, lambda a: terms(x, w, b, a, p_bias)[0], p),
            "gradProjectionBias": gradient(name, lambda a: terms(x, w, b, p, a)[0], p_bias),
        })
    return out


# ---- L-Softmax ------------------------------------------------------------------------------------------------

def large_margin(x, y, w, m, lam):
    losses = []
    for xi, yi in zip(x, y):
        z = [float(row @ xi) for row in w]
        length = math.sqrt((xi @ xi) * (w[yi] @ w[yi]))
        theta = math.acos(z[yi] / length)
        k = min(math.floor(m * theta / math.pi), m - 1)
        z[yi] = length * (lam * math.cos(theta) + (-1) ** k * math.cos(m * theta) - 2 * k) / (1 + lam)
        losses.append(cross_entropy(z, yi))
    return losses


def large_margin_case(name, data, m, lam):
    x, y, w = data
    losses = large_margin(x, y, w, m, lam)
    return {
        "name": name, "options": {"margin": m, "lambda": lam},
        "embeddings": x.tolist(), "labels": y.tolist(), "prototypes": w.tolist(),
        "loss": float(np.mean(losses)), "perAnchor": losses,
        "gradEmbeddings": gradient(name, lambda a: np.mean(large_margin(a, y, w, m, lam)), x),
        "gradPrototypes": gradient(name, lambda a: np.mean(large_margin(x, y, a, m, lam)), w),
    }


# ---- Group Loss -----------------------------------------------------------------------------------------------

def affinity(x, similarity, negatives, diagonal):
    rows = [row - row.mean() if similarity == "pearson" else row for row in x]
    r = [[cosine(a, b) for b in rows] for a in rows]
    floor = min(min(row) for row in r) if negatives == "shift" else 0.0
    n = len(x)
    return [[float(diagonal == "one") if i == j else max(r[i][j] - floor, 0.0) for j in range(n)] for i in range(n)]


def refined_labels(x, y, s, anchors, tau, steps, priors, **how):
    n, c = s.shape
    allowed = sorted(set(y.tolist())) if priors == "present" else range(c)
    labels = []
    for i in range(n):
        z = {j: 0.0 if priors == "uniform" else s[i, j] / tau for j in allowed}
        total = sum(math.exp(v) for v in z.values())
        labels.append([float(j == y[i]) if anchors[i] else math.exp(z[j]) / total if j in z else 0.0 for j in range(c)])
    weights = affinity(x, **how)
    for _ in range(steps):
        grown = []
        for i in range(n):
            row = [labels[i][a] * sum(weights[i][j] * labels[j][a] for j in range(n)) for a in range(c)]
            grown.append([v / (sum(row) + 1e-12) for v in row])
        labels = grown
    return labels


def group_terms(x, y, s, anchors, weight, **how):
    labels = refined_labels(x, y, s, anchors, **how)
    return [weight * cross_entropy(list(s[i]), y[i]) - math.log(labels[i][y[i]] + 1e-12) for i in range(len(y))]


GROUP = {"tau": 40.0, "steps": 1, "priors": "all", "similarity": "pearson", "negatives": "clamp", "diagonal": "zero"}


def group_case(name, x, y, s, anchors, weight=1.0, **options):
    how = {**GROUP, **options}
    value = lambda a, b: float(np.mean(group_terms(a, y, b, anchors, weight, **how)))
    return {
        "name": name,
        "options": {"crossEntropyWeight": weight, **{"temperature" if k == "tau" else k: v for k, v in options.items()}},
        "embeddings": x.tolist(), "labels": y.tolist(), "logits": s.tolist(), "isAnchor": anchors,
        "loss": value(x, s), "perAnchor": [float(v) for v in group_terms(x, y, s, anchors, weight, **how)],
        # without a step the similarities play no part
        **({"gradEmbeddings": gradient(name, lambda a: value(a, s), x)} if how["steps"] else {}),
        "gradLogits": gradient(name, lambda b: value(x, b), s),
    }


def headed_case(name, data, b, anchors, weight=1.0, **options):
    """The logits are those of a linear classifier, so that embeddings have a second way to the loss."""
    x, y, w = data
    how = {**GROUP, **options}
    value = lambda x, w, b: float(np.mean(group_terms(x, y, np.array([w @ row + b for row in x]), anchors, weight, **how)))
    return {
        "name": name,
        "options": {"crossEntropyWeight": weight, **{"temperature" if k == "tau" else k: v for k, v in options.items()}},
        "embeddings": x.tolist(), "labels": y.tolist(), "prototypes": w.tolist(), "bias": b.tolist(), "loss": value(x, w, b),
        "gradEmbeddings": gradient(name, lambda a: value(a, w, b), x),
        "gradPrototypes": gradient(name, lambda a: value(x, a, b), w),
        "gradBias": gradient(name, lambda a: value(x, w, a), b),
    }


def main():
    data = batch(4)
    x, y, w = data
    rng = np.random.default_rng(5)
    b = np.round(rng.normal(size=6) * 0.3, 4)
    p, p_bias = np.round(rng.normal(size=(3, 5)), 4), np.round(rng.normal(size=3), 4)
    only = dict(rho=1.0, normaliser="none", tau=5.0)
    away = x.copy()
    away[2] = np.round(-1.2 * w[1] + 0.05 * x[2], 4)  # on the last piece of psi
    files = {
        "nbc-softmax": [
            nbc_case("as released", data, b),
            nbc_case("block term alone, tau 5", data, b, **only),
            nbc_case("block term alone, tau 5, without the self term", data, b, **only, self_term="drop"),
            nbc_case("divided by tau 0.5 and by the classes present", data, b, rho=0.7, tau=0.5, mode="divide", normaliser="present"),
            nbc_case("divided by tau 0.1, without the self term", data, b, rho=0.9, tau=0.1, mode="divide", normaliser="none", self_term="drop"),
            nbc_case("absolute cosines, tau 5", data, b, **only, sign="absolute"),
            nbc_case("tau 5 over all classes", data, b, rho=0.8, tau=5.0),
            nbc_case("projected to 3", data, b, p=p, p_bias=p_bias, **only),
        ],
        "l-softmax": [
            large_margin_case(f"m={m}, lambda={lam}", (away, y, w), m, lam) for m in (1, 2, 3, 4) for lam in (0, 2.5)
        ],
    }
    s = np.round(rng.normal(size=(7, 6)) * 1.5, 4)
    none, some = [0] * 7, [0, 1, 0, 0, 1, 0, 0]
    alone, own = dict(weight=0.0, tau=1.5), dict(weight=0.0, tau=1.5, diagonal="one")
    files["group-loss"] = [
        group_case("paper's form", x, y, s, some, weight=0.0),
        group_case("as released", x, y, s, some, diagonal="one"),
        group_case("group term alone", x, y, s, some, **own),
        group_case("two steps, no anchors", x, y, s, none, **own, steps=2),
        group_case("three steps, shift", x, y, s, some, **own, steps=3, negatives="shift"),
        group_case("shift, zero diagonal", x, y, s, some, **alone, negatives="shift", diagonal="zero"),
        group_case("cosine, zero diagonal", x, y, s, none, **alone, similarity="cosine", diagonal="zero"),
        group_case("cosine, two steps", x, y, s, some, **own, similarity="cosine", steps=2),
        group_case("classes present", x, y, s, some, **alone, priors="present", steps=2),
        group_case("uniform priors", x, y, s, some, **alone, priors="uniform", steps=2),
        group_case("no step", x, y, s, some, weight=0.3, tau=2.0, steps=0),
    ]
    files["group"] = [
        headed_case("paper's form, one anchor a class", data, b, [1, 1, 0, 1, 1, 0, 0], weight=0.0),
        headed_case("one anchor a class", data, b, [1, 1, 0, 1, 1, 0, 0], diagonal="one"),
        headed_case("two anchors a class, two steps", data, b, [1, 1, 1, 1, 1, 0, 1], tau=3.0, steps=2, diagonal="one"),
        headed_case("no anchors", data, b, none, weight=0.5, tau=3.0, diagonal="one"),
    ]
    for entry, anchors in zip(files["group"], (1, 1, 2, 0)):
        entry["options"]["anchorsPerClass"] = anchors
    for name, cases in files.items():
        write_golden(name, SOURCE, cases)
        print(name, len(cases))


if __name__ == "__main__":
    main()
