"""Golden values of losses that are sums of others, and of cross-entropy over pairs; float64 and NumPy only.

Loops over examples and pairs. Gradients are five-point central differences of the value; the hardest pairs of triplets
are found once, at the point.

Run from the repository root:  python tools/golden/joined-losses.py
"""

import math

import numpy as np

from central_differences import agree, differences
from golden_file import write_golden

SOURCE = "tools/golden/joined-losses.py: float64, NumPy; central differences, stopped quantities frozen"


def rows(seed, n, d):
    """Rows of unequal length."""
    rng = np.random.default_rng(seed)
    return np.round(rng.normal(size=(n, d)) * rng.uniform(0.5, 2.0, size=(n, 1)), 4)


def case(name, options, tensors, y, terms, more=None):
    """`terms(**tensors)`: one number an anchor, whose mean is the loss."""
    def mean(**moved):
        return float(np.mean(terms(**{**tensors, **moved})))

    out = {"name": name, "options": options, **{k: v.tolist() for k, v in tensors.items()}, "labels": list(y),
           "loss": mean(), "perAnchor": [float(v) for v in terms(**tensors)]}
    for key in tensors:
        out["grad" + key[0].upper() + key[1:]] = differences(lambda v: mean(**{key: v}), tensors[key], 1e-4).tolist()
    return {**out, **(more or {})}


def log_sum(values):
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))


def cross_entropy(x, w, b, y, smoothing=0.0):
    out = []
    for i in range(len(y)):
        z = [float(x[i] @ w[k]) + b[k] for k in range(len(w))]
        target = [smoothing / len(w) + (1 - smoothing) * (k == y[i]) for k in range(len(w))]
        out.append(sum(t * (log_sum(z) - v) for t, v in zip(target, z)))
    return np.array(out)


# ---- softmax with triplet ----------------------------------------------------------------------------------------

def unit(x):
    return x / np.sqrt((x ** 2).sum(1, keepdims=True))


def joined_case(name, options, x, w, b, centres, y, margin=0.3, soft=False, normalise=False, smoothing=0.1, tw=1.0, cw=0.0, mean=False):
    n = len(y)
    at = unit(x) if normalise else x
    hardest = {}
    for a in range(n):
        p = [j for j in range(n) if j != a and y[j] == y[a]]
        q = [j for j in range(n) if y[j] != y[a]]
        if p and q:
            d = [np.linalg.norm(at[a] - row) for row in at]
            hardest[a] = (max(p, key=lambda j: d[j]), min(q, key=lambda j: d[j]))
    assert 0 < len(hardest) < n

    def terms(embeddings, prototypes, bias):
        z = unit(embeddings) if normalise else embeddings
        out = cross_entropy(embeddings, prototypes, bias, y, smoothing)
        for a, (p, q) in hardest.items():
            gap = np.linalg.norm(z[a] - z[p]) - np.linalg.norm(z[a] - z[q])
            out[a] += tw * n / len(hardest) * (math.log1p(math.exp(gap)) if soft else max(0, margin + gap))
        for i in range(n):
            out[i] += cw * (1 if mean else n) * 0.5 * sum((embeddings[i] - centres[y[i]]) ** 2)
        return out

    moved = centres.copy()
    for k in range(len(centres)):
        members = [x[i] for i in range(n) if y[i] == k]
        moved[k] -= options.get("alpha", 0.5) * sum((centres[k] - m for m in members), np.zeros(x.shape[1])) / (1 + len(members))
    more = {"centres": centres.tolist(), "nextCentres": moved.tolist()}
    return case(name, options, {"embeddings": x, "prototypes": w, "bias": b}, y, terms, more)


def softmax_with_triplet():
    y = [0, 1, 2, 0, 1, 0, 3]
    x, w, centres = rows(41, 7, 4), rows(42, 5, 4), rows(43, 5, 4)
    b = np.array([0.1, -0.2, 0.3, 0.0, 0.05])
    args = (x, w, b, centres, y)
    return [
        joined_case("paper's baseline", {}, *args),
        joined_case("with centres", {"centreWeight": 0.0005}, *args, cw=0.0005),
        joined_case("soft, centres averaged, own weights",
                    {"form": "soft", "tripletWeight": 0.7, "centreWeight": 0.2, "alpha": 0.3, "reduction": "mean", "labelSmoothing": 0.25},
                    *args, soft=True, tw=0.7, cw=0.2, mean=True, smoothing=0.25),
        joined_case("normalised, no smoothing", {"normaliseTriplets": True, "labelSmoothing": 0, "margin": 0.5}, *args, normalise=True, smoothing=0, margin=0.5),
    ]


# ---- Contra-X ----------------------------------------------------------------------------------------------------

def contra_case(name, options, x, w, b, y, tau=0.1, weight=1.0, divergence=False):
    n = len(y)

    def terms(embeddings, prototypes, bias):
        s = unit(embeddings) @ unit(embeddings).T / tau
        out = cross_entropy(embeddings, prototypes, bias, y)
        for i in range(n):
            same = [j for j in range(n) if y[j] == y[i]]
            if divergence:
                z = log_sum([(y[j] == y[i]) / tau for j in range(n)])
                logp = [(y[j] == y[i]) / tau - z for j in range(n)]
                logq = [s[i, j] - log_sum(list(s[i])) for j in range(n)]
                out[i] += weight * sum(math.exp(p) * (p - q) for p, q in zip(logp, logq))
            else:
                out[i] -= weight * n * math.log(sum(math.exp(s[i, j]) for j in same) / sum(math.exp(v) for v in s[i]))
        return out

    return case(name, options, {"embeddings": x, "prototypes": w, "bias": b}, y, terms)


def contra_x():
    y = [0, 1, 2, 0, 1, 0, 3]
    args = (rows(51, 7, 4), rows(52, 5, 4), np.array([0.1, -0.2, 0.3, 0.0, 0.05]), y)
    return [
        contra_case("poster", {}, *args),
        contra_case("poster, tau 0.7, weight 0.3", {"temperature": 0.7, "weight": 0.3}, *args, tau=0.7, weight=0.3),
        contra_case("released code", {"form": "divergence"}, *args, divergence=True),
        contra_case("released code, tau 0.5, weight 2", {"form": "divergence", "temperature": 0.5, "weight": 2}, *args, tau=0.5, weight=2, divergence=True),
    ]


# ---- cross-entropy over pairs ------------------------------------------------------------------------------------

def pairwise_case(name, options, x, w, y, lam=1.0):
    n, c = len(y), len(w)

    def terms(embeddings, prototypes):
        z = embeddings
        p = np.array([[math.exp(float(z[i] @ prototypes[k]) - log_sum([float(z[i] @ v) for v in prototypes])) for k in range(c)] for i in range(n)])
        squares = [np.linalg.norm(sum(p[i, k] * z[i] for i in range(n)) / n) ** 2 for k in range(c)]
        out = []
        for i in range(n):
            tight = -sum(float(z[i] @ z[j]) for j in range(n) if y[j] == y[i]) / (2 * lam * n)
            out.append(tight + log_sum([sum(p[j, k] * float(z[i] @ z[j]) for j in range(n)) / (lam * n) for k in range(c)]))
        return np.array(out) - sum(squares) / (2 * lam)

    out = case(name, options, {"embeddings": x, "prototypes": w}, y, terms)
    del out["perAnchor"]  # the paper does not divide the squares of the soft means among examples
    return out


def first_part(x, w, y, lam):
    """The tight part of cross-entropy with its quadratic term, as a function of the weights."""
    return -sum(float(w[y[i]] @ x[i]) for i in range(len(y))) / len(y) + lam / 2 * float((w ** 2).sum())


def pairwise_cross_entropy():
    y = [0, 1, 2, 0, 1, 0]
    x, w = rows(61, 6, 4), rows(62, 4, 4)
    # the tight part over pairs is the minimum over the weights of the first part
    best = np.array([sum((x[j] for j in range(6) if y[j] == k), np.zeros(4)) / (0.5 * 6) for k in range(4)])
    pairs = -sum(float(x[i] @ x[j]) for i in range(6) for j in range(6) if y[i] == y[j]) / (2 * 0.5 * 36)
    agree("bound", first_part(x, best, y, 0.5), pairs)
    assert first_part(x, w, y, 0.5) > pairs
    return [
        pairwise_case("lambda 1", {}, x, w, y),
        pairwise_case("lambda 0.5", {"lambda": 0.5}, x, w, y, lam=0.5),
    ]


def simplified_case(name, x, y):
    n, classes = len(y), sorted(set(y))

    def terms(embeddings):
        z = embeddings
        out = []
        for i in range(n):
            scores = [sum(float(z[i] @ z[j]) for j in range(n) if y[j] == k) / n for k in classes]
            out.append(log_sum(scores) - scores[classes.index(y[i])])
        return out

    return case(name, {}, {"embeddings": x}, y, terms)


def simplified_pairwise_cross_entropy():
    return [
        simplified_case("three classes, one of one", rows(63, 6, 4), [0, 1, 2, 0, 1, 0]),
        simplified_case("every class once", rows(64, 4, 3), [3, 1, 0, 2]),
    ]


if __name__ == "__main__":
    write_golden("softmax-with-triplet", SOURCE, softmax_with_triplet())
    write_golden("contra-x", SOURCE, contra_x())
    write_golden("pairwise-cross-entropy", SOURCE, pairwise_cross_entropy())
    write_golden("simplified-pairwise-cross-entropy", SOURCE, simplified_pairwise_cross_entropy())
