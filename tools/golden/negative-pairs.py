"""Golden values of the losses with proxies, pairs and norms: magface, unpg, proxyNca, proxyAnchor, circle.

Float64 and NumPy only. Writes packages/core-losses/test/golden/<loss>-generated.json. Gradients are five-point central
differences of the value, in which stopped quantities (kept pairs, branches, weights of pairs) stay what they are at the point.

Run from the repository root:  python tools/golden/negative-pairs.py
"""

import math

import numpy as np

from central_differences import differences
from golden_file import write_golden

SOURCE = "tools/golden/negative-pairs.py: float64, NumPy; central differences, stopped quantities frozen"


def batch(seed, n=7, d=5, c=4):
    """Rows of unequal length, unequal class counts, class c-1 absent, last row faces well away from its class."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.normal(size=(n, d)) * rng.uniform(0.5, 2.0, size=(n, 1)), 4)
    w = np.round(rng.normal(size=(c, d)) * rng.uniform(0.3, 1.5, size=(c, 1)), 4)
    y = [0, 1, 1, 2, 0, 1, 0]
    x[-1] = np.round(-1.3 * w[y[-1]] + 0.3 * x[-1], 4)
    return x, y, w


def log_sum_exp(values):
    if len(values) == 0:
        return -math.inf
    top = max(values)
    return top if top == -math.inf else top + math.log(sum(math.exp(v - top) for v in values))


def cosine(a, b):
    return float(np.dot(a, b)) / math.sqrt(float(np.dot(a, a)) * float(np.dot(b, b)))


# ---- margins ------------------------------------------------------------------------------------------------------

def magnitude(row, la, ua, lm, um):
    """Margin, regulariser and whether the norm is inside its bounds."""
    a = min(max(float(np.linalg.norm(row)), la), ua)
    share = (a - la) / (ua - la)
    return (1 - share) * lm + share * um, 1 / a + a / ua**2


def margined(theta, m, branch):
    """cos(theta + m), in the branch that held at the point."""
    if branch == "inside":
        return math.cos(theta + m)
    return math.cos(theta) - (m * math.sin(m) if branch == "fix" else 0)


def branch_of(theta, m, beyond):
    if beyond == "none":
        return "inside"
    return "inside" if theta < (math.pi / 2 if beyond == "easy" else math.pi - m) else beyond


# ---- MagFace and UNPG ---------------------------------------------------------------------------------------------

MAG = dict(lowerNorm=10, upperNorm=110, lowerMarginRadians=0.45, upperMarginRadians=0.8, regulariserWeight=35)


def own_target(row, own, host, o, branch=None):
    """Margined target cosine, regulariser, branch."""
    c = cosine(row, own)
    if host == "cosface":
        return c - o.get("cosineMargin", 0.35), 0.0, None
    theta, g = math.acos(c), 0.0
    m = o.get("marginRadians", 0.5)
    if host == "magface":
        p = {**MAG, **{k: v for k, v in o.items() if k in MAG}}
        m, g = magnitude(row, p["lowerNorm"], p["upperNorm"], p["lowerMarginRadians"], p["upperMarginRadians"])
        g *= p["regulariserWeight"]
    beyond = o.get("beyondPi", "released")
    beyond = {"magface": "easy", "arcface": "none"}[host] if beyond == "released" else beyond
    branch = branch or branch_of(theta, m, beyond)
    return margined(theta, m, branch), g, branch


def kept_pairs(x, y, r):
    """Unordered negative pairs within the whiskers; r None keeps all."""
    pairs = [(i, k) for i in range(len(x)) for k in range(i + 1, len(x)) if y[i] != y[k]]
    if r is None or not pairs:
        return pairs
    value = {p: cosine(x[p[0]], x[p[1]]) for p in pairs}
    v = sorted(value.values())
    q1, q3 = v[int(0.25 * len(v))], v[int(0.75 * len(v))]
    return [p for p in pairs if q1 - r * (q3 - q1) <= value[p] <= q3 + r * (q3 - q1)]


def softmax_terms(x, y, w, host, o, pairs=(), branches=None):
    s = o.get("scale", 64)
    terms, used = [], []
    for i, row in enumerate(x):
        target, g, branch = own_target(row, w[y[i]], host, o, branches and branches[i])
        used.append(branch)
        own_only = o.get("pairs", "batch") == "row"
        negatives = [s * cosine(x[a], x[b]) for a, b in pairs if not own_only or i in (a, b)]
        if o.get("classNegatives", True):
            negatives += [s * cosine(row, w[j]) for j in range(len(w)) if j != y[i]]
        z = s * target
        terms.append(log_sum_exp([z, *negatives]) - z + g)
    return np.array(terms), used


def softmax_case(name, options, data, host=None):
    x, y, w = data
    is_unpg = host is None
    host = options.get("host", "cosface") if is_unpg else host
    pairs = kept_pairs(x, y, options.get("whisker", 1.5) if options.get("filter", True) else None) if is_unpg else ()
    o = {"beyondPi": "easy", **options} if host == "magface" and not is_unpg else options
    terms, branches = softmax_terms(x, y, w, host, o, pairs)
    value = lambda a, b: softmax_terms(a, y, b, host, o, pairs, branches)[0].mean()
    print("  ", name, "kept", len(pairs), "of", len(kept_pairs(x, y, None)), set(branches))
    return case(name, options, data, terms.mean(), terms, value)


# ---- proxies ------------------------------------------------------------------------------------------------------

def nca_terms(x, y, w, o):
    sx, sp, e = o.get("embeddingScale", 3), o.get("proxyScale", 3), o.get("labelSmoothing", 0)
    terms = []
    for i, row in enumerate(x):
        d = [float(np.sum((sx * row / np.linalg.norm(row) - sp * p / np.linalg.norm(p)) ** 2)) for p in w]
        others = [j for j in range(len(w)) if j != y[i]]
        summed = range(len(w)) if o.get("denominator") == "all" else others
        bottom = log_sum_exp([-d[j] for j in summed])
        terms.append((1 - e) * (d[y[i]] + bottom) + sum(e / len(others) * (d[j] + bottom) for j in others))
    return np.array(terms)


def nca_case(name, options, data):
    x, y, w = data
    terms = nca_terms(x, y, w, options)
    return case(name, options, data, terms.mean(), terms, lambda a, b: nca_terms(a, y, b, options).mean())


def anchor_value(x, y, w, alpha, delta):
    pull, push, present = 0.0, 0.0, 0
    for j, p in enumerate(w):
        inside = [-alpha * (cosine(row, p) - delta) for row, yi in zip(x, y) if yi == j]
        outside = [alpha * (cosine(row, p) + delta) for row, yi in zip(x, y) if yi != j]
        present += len(inside) > 0
        pull += log_sum_exp([0.0, *inside])
        push += log_sum_exp([0.0, *outside])
    return pull / present + push / len(w)


def anchor_case(name, options, data):
    x, y, w = data
    alpha, delta = options.get("scale", 32), options.get("margin", 0.1)
    return case(name, options, data, anchor_value(x, y, w, alpha, delta), None,
                lambda a, b: anchor_value(a, y, b, alpha, delta))


# ---- circle -------------------------------------------------------------------------------------------------------

def circle_terms(x, y, gamma, m, whole, at):
    """`at`: the embeddings at which the weights of pairs are taken."""
    def exponents(pairs, same):
        out = []
        for i, k in pairs:
            if (y[i] == y[k]) == same:
                s, fixed = cosine(x[i], x[k]), cosine(at[i], at[k])
                out.append(-gamma * max(0, 1 + m - fixed) * (s - 1 + m) if same else gamma * max(0, fixed + m) * (s - m))
        return out
    n = len(x)
    if whole:
        groups = [[(i, k) for i in range(n) for k in range(i)]]
    else:
        groups = [[(i, k) for k in range(n) if k != i] for i in range(n)]
    # the product of the two sums is the sum over all combinations
    return np.array([log_sum_exp([0.0, *(p + q for p in exponents(g, True) for q in exponents(g, False))]) for g in groups])


def circle_case(name, options, x, y):
    gamma, m, whole = options.get("scale", 80), options.get("margin", 0.4), options.get("reduction") == "batch"
    terms = circle_terms(x, y, gamma, m, whole, x)
    counted = 1 if whole else sum(y.count(yi) > 1 and y.count(yi) < len(y) for yi in y)
    value = lambda a, _: circle_terms(a, y, gamma, m, whole, x).sum() / counted
    return case(name, options, (x, y, None), value(x, None), None if whole else terms, value)


# ---- writing ------------------------------------------------------------------------------------------------------

def case(name, options, data, loss, terms, value):
    x, y, w = data
    return {
        "name": name, "options": options, "embeddings": x.tolist(), "labels": list(y),
        **({} if w is None else {"prototypes": w.tolist()}),
        "loss": float(loss), **({} if terms is None else {"perAnchor": terms.tolist()}),
        "gradEmbeddings": differences(lambda a: value(a, w), x).tolist(),
        **({} if w is None else {"gradPrototypes": differences(lambda b: value(x, b), w).tolist()}),
    }


def magface_cases():
    x, y, w = batch(21)
    small = dict(scale=8, lowerNorm=1.2, upperNorm=3.1, regulariserWeight=3.5)
    cases = [softmax_case(f"{b}, some norms out of bounds", {**small, "beyondPi": b}, (x, y, w), "magface") for b in ("easy", "none", "fix")]
    long = (np.round(20 * x, 3), y, w)
    cases.append(softmax_case("the paper's values", {}, long, "magface"))
    cases.append(softmax_case("margins 0.2 to 1.1", {"scale": 10, "lowerMarginRadians": 0.2, "upperMarginRadians": 1.1}, long, "magface"))
    return cases


def unpg_cases():
    data = batch(23)
    cases = []
    for host in ("cosface", "arcface", "magface"):
        more = dict(lowerNorm=1.2, upperNorm=3.1, regulariserWeight=3.5) if host == "magface" else {}
        cases += [softmax_case(f"{host}, r={r}", {"host": host, "scale": 8, "whisker": r, **more}, data) for r in (0, 0.3, 0.6)]
    arc = {"host": "arcface", "scale": 8}
    cases.append(softmax_case("s=64, r=0.3", {"host": "arcface", "whisker": 0.3}, data))
    cases.append(softmax_case("cosface, m=0.5", {"scale": 16, "cosineMargin": 0.5, "whisker": 0.5}, data))
    cases.append(softmax_case("arcface, m=1.2, fix", {**arc, "marginRadians": 1.2, "beyondPi": "fix", "whisker": 0}, data))
    cases.append(softmax_case("magface, none", {"host": "magface", "scale": 8, "beyondPi": "none", "lowerNorm": 1, "upperNorm": 4}, data))
    cases.append(softmax_case("no filter", {**arc, "filter": False}, data))
    cases.append(softmax_case("own rows, r=0", {**arc, "pairs": "row", "whisker": 0}, data))
    cases.append(softmax_case("own rows, no filter", {**arc, "pairs": "row", "filter": False}, data))
    cases.append(softmax_case("pairs alone", {**arc, "classNegatives": False, "whisker": 0.3}, data))
    return cases


def main():
    x, y, w = data = batch(22)
    files = {
        "magface": magface_cases(),
        "unpg": unpg_cases(),
        "proxy-nca": [
            nca_case("defaults", {}, data),
            nca_case("lengths 1 and 3", {"embeddingScale": 1}, data),
            nca_case("all, lengths 1.5 and 2", {"denominator": "all", "embeddingScale": 1.5, "proxyScale": 2}, data),
            nca_case("all, lengths 3", {"denominator": "all"}, data),
            nca_case("all, smoothing 0.1", {"denominator": "all", "embeddingScale": 1, "labelSmoothing": 0.1}, data),
            nca_case("others, smoothing 0.3", {"embeddingScale": 1, "proxyScale": 1, "labelSmoothing": 0.3}, data),
        ],
        "proxy-anchor": [
            anchor_case("defaults, a class absent", {}, data),
            anchor_case("alpha 6, delta 0.3", {"scale": 6, "margin": 0.3}, data),
            anchor_case("alpha 6, delta 0", {"scale": 6, "margin": 0}, data),
        ],
        "circle": [
            circle_case("defaults, an anchor without positives", {}, x, y),
            circle_case("m=0.25, gamma=8", {"margin": 0.25, "scale": 8}, x, y),
            circle_case("m=0.25, gamma=256", {"margin": 0.25, "scale": 256}, x, y),
            circle_case("batch, m=0.25, gamma=8", {"margin": 0.25, "scale": 8, "reduction": "batch"}, x, y),
            circle_case("batch", {"reduction": "batch"}, x, y),
        ],
    }
    for name, cases in files.items():
        write_golden(name, SOURCE, cases)
        print(name, len(cases))


if __name__ == "__main__":
    main()
