"""Golden values of the pair losses that differ in how they weigh pairs, float64 and NumPy only.

Writes packages/core-losses/test/golden/<loss>-generated.json. Every loss is computed pair by pair from its terms, its
gradient from the weight that each pair has (dL/dS or dL/dD); every gradient is compared with five-point central
differences of the value, in which stopped quantities stay what they are at the point.

Run from the repository root:  python tools/golden/pair-weighting.py
"""

import math

import numpy as np

from central_differences import agree, differences
from golden_file import write_golden

SOURCE = "tools/golden/pair-weighting.py: float64, NumPy; gradient from pair weights, agrees with central differences"


def batch(seed, n=8, d=5):
    """Rows of unequal length around unequal classes; class 3 has one example."""
    rng = np.random.default_rng(seed)
    y = np.array([0, 1, 1, 2, 0, 1, 3, 2])[:n]
    centre = rng.normal(size=(4, d))
    x = (centre[y] + 0.9 * rng.normal(size=(n, d))) * rng.uniform(0.4, 1.6, size=(n, 1))
    return np.round(x, 4), y


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


def alike(z, i, others, sign, lam):
    """Mean of sign (S - lambda): every pair weighs alike."""
    return sum(sign * (cosine(z[i], z[j]) - lam) for j in others) / max(1, len(others))


def multi_similarity_case(name, options, x, y, alpha=2.0, beta=50.0, lam=1.0, slack=0.1, drop=False, weighting=True):
    sets = mined(x, y, slack, drop)

    def terms(z):
        if not weighting:
            return np.array([alike(z, i, pos, -1, lam) + alike(z, i, neg, 1, lam) for i, (pos, neg) in enumerate(sets)])
        return np.array([
            math.log(1 + sum(math.exp(alpha * (lam - cosine(z[i], z[j]))) for j in pos)) / alpha
            + math.log(1 + sum(math.exp(beta * (cosine(z[i], z[j]) - lam)) for j in neg)) / beta
            for i, (pos, neg) in enumerate(sets)])

    weight = {}
    for i, (pos, neg) in enumerate(sets):
        s = [cosine(x[i], row) for row in x]
        if not weighting:
            weight |= {(i, j): -1 / len(pos) / len(x) for j in pos} | {(i, j): 1 / len(neg) / len(x) for j in neg}
            continue
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
        multi_similarity_case("mining alone", {**released, "weighting": False}, x, y, lam=0.5, weighting=False),
        multi_similarity_case("neither mining nor weighting", {**released, "mining": False, "weighting": False}, x, y, lam=0.5, slack=None, weighting=False),
        multi_similarity_case("alpha 5, beta 12, lambda 0.2, slack 0.3",
                              {"positiveScale": 5, "negativeScale": 12, "threshold": 0.2, "miningMargin": 0.3},
                              x, y, alpha=5, beta=12, lam=0.2, slack=0.3),
        multi_similarity_case("duplicates kept, no mining", {"mining": False}, twice, y, slack=None),
        multi_similarity_case("duplicates dropped, no mining", {"mining": False, "duplicates": "dropped"}, twice, y, slack=None, drop=True),
    ]


# ---- ranked list -------------------------------------------------------------------------------------------------

def ranked_list_case(name, options, x, y, alpha=1.2, m=0.4, t=10.0, tp=0.0, lam=1.0, convex=False, gradient="queryOnly", released=False):
    """`gradient`: which parts of the value move, as the option of the same name."""
    n = len(x)
    if convex:
        alpha = 1 + m / 2

    def between(a, b):
        return math.sqrt(max(0.0, 2 - 2 * cosine(a, b)))

    sets = []
    for i in range(n):
        d = [between(x[i], row) for row in x]
        sets.append(([j for j in positives(y, i) if d[j] > alpha - m], [j for j in negatives(y, i) if d[j] < alpha]))

    def violations(z, i):
        pos, neg = sets[i]
        return ({j: math.exp(tp * (between(z[i], z[j]) - alpha + m)) for j in pos},
                {j: math.exp(t * (alpha - between(z[i], z[j]))) for j in neg})

    def total(parts):
        return sum(sum(part.values()) for part in parts)

    violation = [total(violations(x, i)) for i in range(n)]
    share = [v / sum(violation) for v in violation] if released else [1 / n] * n
    frozen = [violations(x, i) for i in range(n)]
    both = (1 + lam) if convex else 1.0

    def queries(z, gallery, weights):
        out = []
        for i in range(n):
            wp, wn = weights[i]
            lp = sum(w / sum(wp.values()) * (between(z[i], gallery[j]) - alpha + m) for j, w in wp.items())
            ln = sum(w / sum(wn.values()) * (alpha - between(z[i], gallery[j])) for j, w in wn.items())
            out.append((lp + lam * ln) / both)
        return np.array(out)

    def value(z):
        if gradient == "full":
            terms = queries(z, z, [violations(z, i) for i in range(n)])
        else:
            terms = queries(z, x if gradient == "queryOnly" else z, frozen)
        return float(np.dot(share, terms))

    grad = np.zeros_like(x)
    for i in range(n):
        for sign, scale, w in ((1, 1.0, frozen[i][0]), (-1, lam, frozen[i][1])):
            slack = {j: sign * (between(x[i], x[j]) - (alpha - m if sign == 1 else alpha)) for j in w}
            mean = sum(v * slack[j] for j, v in w.items()) / sum(w.values()) if w else 0
            for j, v in w.items():
                pull = sign
                if gradient == "full":  # the weights move too
                    pull = sign * (1 + (tp if sign == 1 else t) * (slack[j] - mean))
                f = share[i] * scale / both * v / sum(w.values()) * pull
                at_i, at_j = cosine_slopes(x[i], x[j])
                d = between(x[i], x[j])
                grad[i] -= f * at_i / d
                if gradient != "queryOnly":
                    grad[j] -= f * at_j / d
    agree(name, grad, differences(value, x))
    return case(name, options, x, y, value(x), n * np.array(share) * queries(x, x, frozen), grad)


def ranked_list():
    x, y = batch(4)
    narrow = {"boundary": 0.9, "margin": 0.5, "temperature": 4, "positiveTemperature": 3, "negativeWeight": 0.6}
    own = dict(alpha=0.9, m=0.5, t=4, tp=3, lam=0.6)
    wide = {"form": "simpler", "margin": 0.8, "temperature": 5, "negativeWeight": 3, "queryWeight": "violation"}
    return [
        ranked_list_case("paper", {}, x, y),
        *(ranked_list_case(f"alpha 0.9, m 0.5, T 4, T_p 3, lambda 0.6, {g}", {**narrow, "gradient": g}, x, y, **own, gradient=g)
          for g in ("queryOnly", "bothEnds", "full")),
        ranked_list_case("alpha 1.4, m 0.2, bothEnds", {"boundary": 1.4, "margin": 0.2, "gradient": "bothEnds"}, x, y,
                         alpha=1.4, m=0.2, gradient="bothEnds"),
        ranked_list_case("simpler", {"form": "simpler"}, x, y, convex=True),
        *(ranked_list_case(f"simpler, m 0.8, T 5, lambda 3, by violation, {g}", {**wide, "gradient": g}, x, y,
                           m=0.8, t=5, lam=3, convex=True, released=True, gradient=g) for g in ("queryOnly", "full")),
    ]


# ---- contrastive and binomial deviance: each pair by itself ------------------------------------------------------

def plain_slopes(a, b):
    d = np.linalg.norm(a - b)
    return (a - b) / d, (b - a) / d


def pair_case(name, options, x, y, measure, slopes, cost, slope, share):
    """`cost(value, same)` of each ordered pair, `slope` its derivative, `share(i, j)` its weight in the loss (constant)."""
    n = len(x)
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j]

    def terms(z):
        rows = np.zeros(n)
        for i, j in pairs:
            rows[i] += share[i, j] * cost(measure(z[i], z[j]), y[i] == y[j])
        return rows

    weight = {(i, j): share[i, j] * slope(measure(x[i], x[j]), y[i] == y[j]) for i, j in pairs}
    grad = from_pair_weights(x, weight, slopes)
    agree(name, grad, differences(lambda z: terms(z).sum(), x))
    return case(name, options, x, y, terms(x).sum(), n * terms(x), grad)


def contrastive_case(name, options, x, y, mp=0.0, mn=1.0, squared=True, cos=False, unit=False, violating=False):
    n = len(x)

    def plain(a, b):
        return float(np.linalg.norm(a - b))

    def unit_distance(a, b):
        return math.sqrt(2 - 2 * cosine(a, b))

    def unit_slopes(a, b):
        at_a, at_b = cosine_slopes(a, b)
        return -at_a / unit_distance(a, b), -at_b / unit_distance(a, b)

    def cosine_distance(a, b):
        return 1 - cosine(a, b)

    def negated(a, b):
        at_a, at_b = cosine_slopes(a, b)
        return -at_a, -at_b

    measure, slopes = (cosine_distance, negated) if cos else (unit_distance, unit_slopes) if unit else (plain, plain_slopes)

    def gap(d, same):
        return d - mp if same else mn - d

    def cost(d, same):
        g = gap(d, same)
        return 0.0 if g <= 0 else g * g / 2 if squared else g

    def slope(d, same):
        g = gap(d, same)
        return 0.0 if g <= 0 else (1 if same else -1) * (g if squared else 1)

    share = {}
    for i in range(n):
        for j in range(n):
            if i != j:
                kind = [(a, b) for a in range(n) for b in range(n) if a != b and (y[a] == y[b]) == (y[i] == y[j])]
                bad = [(a, b) for a, b in kind if cost(measure(x[a], x[b]), y[a] == y[b]) > 0]
                share[i, j] = 1 / max(1, len(bad)) if violating else 1 / (n * (n - 1))
    return pair_case(name, options, x, y, measure, slopes, cost, slope, share)


def binomial_case(name, options, x, y, alpha=2.0, beta=0.5, c=10.0, anchors=False):
    n = len(x)

    def argument(s, same):
        return alpha * (beta - s) if same else alpha * c * (s - beta)

    def cost(s, same):
        return math.log1p(math.exp(argument(s, same)))

    def slope(s, same):
        return (-alpha if same else alpha * c) / (1 + math.exp(-argument(s, same)))

    share = {}
    for i in range(n):
        for j in range(n):
            if i != j:
                of_kind = positives if y[i] == y[j] else negatives
                share[i, j] = 1 / (n * len(of_kind(y, i))) if anchors else 1 / sum(len(of_kind(y, k)) for k in range(n))
    return pair_case(name, options, x, y, cosine, cosine_slopes, cost, slope, share)


def contrastive():
    x, y = batch(4)
    linear = {"form": "linear", "average": "violating"}
    return [
        contrastive_case("paper, m 1", {}, x, y),
        contrastive_case("paper, m 2.5", {"negativeMargin": 2.5}, x, y, mn=2.5),
        contrastive_case("linear, unit rows, 0.4 and 1.3", {**linear, "normalise": True, "positiveMargin": 0.4, "negativeMargin": 1.3},
                         x, y, mp=0.4, mn=1.3, squared=False, unit=True, violating=True),
        contrastive_case("linear, own lengths", {**linear, "negativeMargin": 2}, x, y, mn=2, squared=False, violating=True),
        contrastive_case("linear, cosines 0.9 and 0.5",
                         {**linear, "distance": "cosine", "positiveMargin": 0.1, "negativeMargin": 0.5},
                         x, y, mp=0.1, mn=0.5, squared=False, cos=True, violating=True),
        contrastive_case("squared cosines, all pairs", {"distance": "cosine", "positiveMargin": 0.2}, x, y, mp=0.2, cos=True),
        contrastive_case("squared, violating, unit rows", {"average": "violating", "normalise": True}, x, y, unit=True, violating=True),
    ]


def binomial_deviance():
    x, y = batch(4)
    return [
        binomial_case("C 10", {}, x, y),
        binomial_case("C 25", {"negativeCost": 25}, x, y, c=25.0),
        binomial_case("alpha 3, beta 0.2, C 4", {"scale": 3, "threshold": 0.2, "negativeCost": 4}, x, y, alpha=3.0, beta=0.2, c=4.0),
        binomial_case("anchors", {"average": "anchors"}, x, y, anchors=True),
        binomial_case("anchors, alpha 2, beta 1, C 25", {"average": "anchors", "threshold": 1, "negativeCost": 25}, x, y,
                      beta=1.0, c=25.0, anchors=True),
    ]


LOSSES = {
    "binomial-deviance": binomial_deviance,
    "contrastive": contrastive,
    "multi-similarity": multi_similarity,
    "ranked-list": ranked_list,
}


def main():
    for name, cases_of in LOSSES.items():
        cases = cases_of()
        write_golden(name, SOURCE, cases)
        print(name, *(f"{c['name']}: {c['loss']:.6f}" for c in cases), sep="\n  ")


if __name__ == "__main__":
    main()
