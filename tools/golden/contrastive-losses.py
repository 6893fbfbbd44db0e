"""Golden values of the losses over pairs, triplets and views for packages/core-losses, float64 and NumPy only.

Loops over sets of indices, as the papers write their sums. Gradients are five-point central differences of the value;
what a loss stops (which negative was chosen, how many terms are counted) is found once, at the point, and stays.

Run from the repository root:  python tools/golden/contrastive-losses.py
"""

import math

import numpy as np

from central_differences import differences
from golden_file import write_golden

SOURCE = "tools/golden/contrastive-losses.py: float64, NumPy; central differences, stopped quantities frozen"


def rows(seed, n, d):
    """Rows of unequal length."""
    rng = np.random.default_rng(seed)
    return np.round(rng.normal(size=(n, d)) * rng.uniform(0.5, 2.0, size=(n, 1)), 4)


def case(name, options, x, y, terms):
    """`terms(x)`: one number an anchor, whose mean is the loss; anything it stops is frozen in it."""
    per_anchor = terms(x)
    return {
        "name": name, "options": options, "embeddings": x.tolist(), "labels": [int(v) for v in y],
        "loss": float(np.mean(per_anchor)), "perAnchor": [float(v) for v in per_anchor],
        "gradEmbeddings": differences(lambda z: float(np.mean(terms(z))), x).tolist(),
    }


def unit(x):
    return np.array([row / math.sqrt(sum(v * v for v in row)) for row in x])


# ---- contrast of views -------------------------------------------------------------------------------------------

def contrast(x, positives, others, tau, *, form="out", mode="all", normalise=True, factor=1.0):
    """`positives[i]`: indices. `others[i]`: all indices that may stand under the fraction."""
    z = unit(x) if normalise else x
    losses = []
    for i in range(len(x)):
        e = [math.exp(float(z[i] @ row) / tau) for row in z]
        negatives = sum(e[a] for a in others[i] if a not in positives[i])
        shares = []
        for p in positives[i]:
            under = {"all": sum(e[a] for a in others[i]), "onePositive": e[p] + negatives, "onlyNegatives": negatives}[mode]
            shares.append(e[p] / under)
        if not shares:
            losses.append(0.0)
        elif form == "out":
            losses.append(-factor * sum(math.log(s) for s in shares) / len(shares))
        else:
            losses.append(-factor * math.log(sum(shares) / len(shares)))
    return losses


def supcon_sets(y, most=None):
    """Positives and the rest of the batch; with `most`, positives beyond that number leave both."""
    n = len(y)
    positives = [[p for p in range(n) if p != i and y[p] == y[i]] for i in range(n)]
    if most is not None:
        half = n // 2
        for i in range(n):
            images = [j for j in range(half) if j != i % half and y[j] == y[i]][: (most - 1) // 2]
            positives[i] = sorted([(i + half) % n] + images + [j + half for j in images])
    others = [sorted(positives[i] + [a for a in range(n) if y[a] != y[i]]) for i in range(n)]
    return positives, others


def supcon_case(name, options, x, y):
    tau = options.get("temperature", 0.1)
    positives, others = supcon_sets(y, options.get("maxPositives"))
    factor = {"none": 1, "temperature": tau, "baseTemperature": tau / 0.07}[options.get("rescale", "none")]
    def terms(z):
        return contrast(z, positives, others, tau, form=options.get("form", "out"), mode=options.get("denominator", "all"),
                        normalise=options.get("normalise", True), factor=factor)
    return case(name, options, x, y, terms)


def supcon_cases():
    x, y = rows(21, 10, 3), [0, 1, 0, 0, 2] * 2
    one_view, singles = rows(22, 7, 4), [3, 0, 3, 1, 3, 0, 2]
    cases = [supcon_case(f"{form}, tau={tau}", {"form": form, "temperature": tau}, x, y)
             for form in ("out", "in") for tau in (0.1, 0.5)]
    cases += [supcon_case(f"{form}, {mode}", {"form": form, "denominator": mode, "temperature": 0.3}, x, y)
              for form in ("out", "in") for mode in ("onePositive", "onlyNegatives")]
    cases += [supcon_case(f"at most {most} positives, {form}", {"form": form, "maxPositives": most}, x, y)
              for most, form in ((1, "out"), (3, "out"), (3, "in"), (5, "out"))]
    cases += [supcon_case(f"rescaled by {by}", {"rescale": by, "temperature": 0.2}, x, y)
              for by in ("temperature", "baseTemperature")]
    cases += [supcon_case("not normalised", {"normalise": False, "temperature": 1}, x, y),
              supcon_case("one view, classes of one", {"temperature": 0.4}, one_view, singles),
              supcon_case("one view, classes of one, in", {"temperature": 0.4, "form": "in"}, one_view, singles)]
    return cases


def simclr_cases():
    """Labels name classes with several images, so that a loss which read them would differ."""
    x, y = rows(23, 8, 3), [0, 1, 0, 0] * 2
    n = len(x)
    positives = [[(i + n // 2) % n] for i in range(n)]
    others = [[a for a in range(n) if a != i] for i in range(n)]
    def with_options(**options):
        name = ", ".join(f"{key}={value}" for key, value in options.items()) or "defaults"
        tau, normalise = options.get("temperature", 0.1), options.get("normalise", True)
        return case(name, options, x, y, lambda z: contrast(z, positives, others, tau, normalise=normalise))
    return [with_options(), with_options(temperature=0.5), with_options(temperature=1, normalise=False)]


# ---- triplets ----------------------------------------------------------------------------------------------------

def distance(a, b, kind):
    squared = sum((u - v) ** 2 for u, v in zip(a, b))
    return squared if kind == "squared" else math.sqrt(squared)


def triplet_case(name, options, x, y, choose, term, *, kind, normalise):
    """`choose(d)`: the triplets, from the distances at the point; then they stay, and so does the number that divides."""
    n = len(x)
    def distances(z):
        z = unit(z) if normalise else z
        return [[distance(a, b, kind) for b in z] for a in z]
    at_point = distances(x)
    triplets = choose(at_point)
    def of(d):
        return [term(d[a][p] - d[a][q]) for a, p, q in triplets]
    divisor = {"mean": len(triplets), "nonZero": sum(t > 0 for t in of(at_point)), "sum": 1}[options.get("reduction", "mean")]
    def terms(z):
        out = [0.0] * n
        for (a, _, _), t in zip(triplets, of(distances(z))):
            out[a] += n * t / divisor
        return out
    return case(name, options, x, y, terms)


def all_triplets(y):
    n = range(len(y))
    return [(a, p, q) for a in n for p in n for q in n if a != p and y[a] == y[p] != y[q]]


def hinge(margin):
    return lambda gap: max(0.0, gap + margin)


def soft(gap):
    return math.log1p(math.exp(-abs(gap))) + max(gap, 0)


def triplet_all_cases():
    x, y = rows(24, 7, 5), [0, 2, 0, 1, 2, 0, 3]
    def one(**options):
        name = ", ".join(f"{key}={value}" for key, value in options.items()) or "defaults"
        term = soft if options.get("form") == "soft" else hinge(options.get("margin", 0.2))
        return triplet_case(name, options, x, y, lambda _: all_triplets(y), term,
                            kind=options.get("distance", "euclidean"), normalise=options.get("normalise", False))
    return [one(), one(margin=1), one(reduction="nonZero"), one(reduction="sum", margin=0.5), one(form="soft"),
            one(form="soft", normalise=True), one(distance="squared", margin=1, reduction="nonZero"),
            one(normalise=True, reduction="nonZero"), one(normalise=True, distance="squared")]


def triplet_semi_hard_cases():
    x, y = rows(25, 9, 4), [0, 2, 0, 1, 2, 0, 3, 1, 1]
    def nearest(d):
        out = []
        for a, p in sorted({(a, p) for a, p, _ in all_triplets(y)}):
            negatives = [q for q in range(len(y)) if y[q] != y[a]]
            beyond = [q for q in negatives if d[a][q] > d[a][p]]
            out.append((a, p, min(beyond, key=lambda q: d[a][q]) if beyond else max(negatives, key=lambda q: d[a][q])))
        return out
    def one(**options):
        margin = options.get("margin", 0.2)
        name = ", ".join(f"{key}={value}" for key, value in options.items()) or "defaults"
        within = lambda d: [(a, p, q) for a, p, q in all_triplets(y) if 0 < d[a][q] - d[a][p] <= margin]
        return triplet_case(name, options, x, y, within if options.get("mining") == "all" else nearest, hinge(margin),
                            kind=options.get("distance", "squared"), normalise=options.get("normalise", True))
    return [one(), one(margin=1), one(reduction="nonZero"), one(reduction="sum"), one(distance="euclidean", margin=0.3),
            one(normalise=False, margin=2), one(normalise=False, distance="euclidean", margin=1),
            one(mining="all", margin=0.5), one(mining="all", margin=1, reduction="sum"),
            one(mining="all", distance="euclidean", normalise=False, margin=0.7)]


# ---- structures of a batch ---------------------------------------------------------------------------------------

def n_pair_case(name, options, x, y):
    penalty, normalise = options.get("penalty", 0.002), options.get("normalise", False)
    where = {}
    for i, label in enumerate(y):
        where.setdefault(label, []).append(i)
    pairs = [at[:2] for at in where.values() if len(at) > 1]
    def terms(z):
        f = unit(z) if normalise else z
        out = [0.0] * len(x)
        for a, p in pairs:
            above = sum(math.exp(float(f[a] @ f[q] - f[a] @ f[p])) for _, q in pairs if q != p)
            norms = float(f[a] @ f[a] + f[p] @ f[p])
            out[a] = len(x) / len(pairs) * (math.log(1 + above) + 0.25 * penalty * norms)
        return out
    return case(name, options, x, y, terms)


def n_pair_cases():
    x, y = rows(26, 9, 4), [2, 0, 2, 1, 0, 3, 2, 1, 5]
    named = [("defaults", {}), ("without penalty", {"penalty": 0}), ("penalty 0.5", {"penalty": 0.5}),
             ("unit rows", {"normalise": True})]
    return [n_pair_case(name, options, x, y) for name, options in named]


def lifted_case(name, options, x, y):
    margin, n = options.get("margin", 1), len(y)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n) if y[i] == y[j]]
    def terms(z):
        z = unit(z) if options.get("normalise", False) else z
        d = [[distance(a, b, "euclidean") for b in z] for a in z]
        near = [sum(math.exp(margin - d[i][k]) for k in range(n) if y[k] != y[i]) for i in range(n)]
        out = [0.0] * n
        if options.get("form") == "generalised":
            for a in range(n):
                far = sum(math.exp(d[a][p]) for p in range(n) if p != a and y[p] == y[a])
                out[a] = max(0.0, math.log(far) + math.log(near[a])) if far > 0 else 0.0
            return out
        for i, j in pairs:
            part = n / (2 * len(pairs)) * max(0.0, math.log(near[i] + near[j]) + d[i][j]) ** 2
            out[i] += part / 2
            out[j] += part / 2
        return out
    return case(name, options, x, y, terms)


def lifted_cases():
    x, y = rows(27, 8, 5), [0, 2, 0, 1, 2, 0, 3, 1]
    named = [("pairs", {}), ("pairs, margin 0.2", {"margin": 0.2}), ("pairs, unit rows", {"normalise": True}),
             ("generalised", {"form": "generalised"}), ("generalised, margin 0.2", {"form": "generalised", "margin": 0.2}),
             ("generalised, unit rows", {"form": "generalised", "normalise": True})]
    return [lifted_case(name, options, x, y) for name, options in named]


def main():
    files = {"supcon": supcon_cases(), "simclr": simclr_cases(), "triplet-all": triplet_all_cases(),
             "triplet-semi-hard": triplet_semi_hard_cases(), "n-pair": n_pair_cases(), "lifted-structure": lifted_cases()}
    for name, cases in files.items():
        write_golden(name, SOURCE, cases)
        print(name, len(cases))


if __name__ == "__main__":
    main()
