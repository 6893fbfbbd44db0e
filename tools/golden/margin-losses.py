"""Golden values for packages/core-losses, float64 and NumPy only.

Writes packages/core-losses/test/golden/<loss>-generated.json. Gradients are analytic; every one is compared with
five-point central differences of the value, in which stopped quantities stay what they are at the point.

Run from the repository root:  python tools/golden/margin-losses.py
"""

import math

import numpy as np

from central_differences import agree, differences
from golden_file import write_golden

SOURCE = "tools/golden/margin-losses.py: float64, NumPy; analytic gradient, agrees with central differences"


def batch(seed, n=7, d=5, c=4):
    """Rows of unequal length, unequal class counts, class c-1 absent, last row faces away from its class."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.normal(size=(n, d)) * rng.uniform(0.5, 2.0, size=(n, 1)), 4)
    w = np.round(rng.normal(size=(c, d)) * rng.uniform(0.3, 1.5, size=(c, 1)), 4)
    y = np.array([0, 1, 1, 2, 0, 1, 0])
    x[-1] = np.round(-1.3 * w[y[-1]] + 0.05 * x[-1], 4)
    return x, y, w


# ---- classification with a margin -------------------------------------------------------------------------------

def log_sum_exp(z):
    top = max(z)
    return top + math.log(sum(math.exp(v - top) for v in z))


def cosine(a, b):
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def winners(x, w, k):
    """For each sample and class, the row of W that counts."""
    c = len(w) // k
    return [[max(range(j * k, j * k + k), key=lambda r: (cosine(row, w[r]), -r)) for j in range(c)] for row in x]


def classified(x, w, y, target, *, scale, k=1, rows=None, shifts=None):
    """Loss a sample. `scale` None: the norm of x. `shifts`: the target is cos + shift (stopped) instead of target(cos)."""
    rows = winners(x, w, k) if rows is None else rows
    losses = []
    for i, xi in enumerate(x):
        radius = np.linalg.norm(xi) if scale is None else scale
        cos = [cosine(xi, w[r]) for r in rows[i]]
        own = cos[y[i]]
        cos[y[i]] = target(own) if shifts is None else own + shifts[i]
        z = [radius * v for v in cos]
        losses.append(log_sum_exp(z) - z[y[i]])
    return np.array(losses)


def classified_gradients(x, w, y, target, slope, *, scale, k=1):
    rows = winners(x, w, k)
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for i, xi in enumerate(x):
        length = np.linalg.norm(xi)
        radius = length if scale is None else scale
        cos = [cosine(xi, w[r]) for r in rows[i]]
        value = [target(v) if j == y[i] else v for j, v in enumerate(cos)]
        z = np.array([radius * v for v in value])
        p = np.exp(z - log_sum_exp(list(z)))
        for j, r in enumerate(rows[i]):
            g = (p[j] - (j == y[i])) / len(x)
            t = slope(cos[j]) if j == y[i] else 1.0
            wl = np.linalg.norm(w[r])
            dx[i] += g * radius * t * (w[r] / wl - cos[j] * xi / length) / length
            if scale is None:
                dx[i] += g * value[j] * xi / length
            dw[r] += g * radius * t * (xi / length - cos[j] * w[r] / wl) / wl
    return dx, dw


def margin_case(name, options, data, target, slope, *, scale, k=1, stopped=False, extra=None):
    x, y, w = data
    rows = winners(x, w, k)
    shifts = None
    if stopped:
        own = [cosine(xi, w[rows[i][y[i]]]) for i, xi in enumerate(x)]
        shifts = [target(v) - v for v in own]
    def value(a, b):
        losses = classified(a, b, y, target, scale=scale, k=k, rows=rows, shifts=shifts)
        return losses + (extra(a, b, y, rows)[0] if extra else 0)
    dx, dw = classified_gradients(x, w, y, target, (lambda _: 1.0) if stopped else slope, scale=scale, k=k)
    if extra:
        _, ex, ew = extra(x, w, y, rows)
        dx, dw = dx + ex, dw + ew
    agree(name, dx, differences(lambda a: value(a, w).mean(), x))
    agree(name, dw, differences(lambda b: value(x, b).mean(), w))
    return case(name, options, data, value(x, w), dx, dw)


def case(name, options, data, per_anchor, dx, dw, **more):
    x, y, w = data
    return {
        "name": name, "options": options, "embeddings": x.tolist(), "labels": y.tolist(),
        **({} if w is None else {"prototypes": w.tolist()}),
        "loss": float(np.mean(per_anchor)), "perAnchor": np.asarray(per_anchor).tolist(),
        "gradEmbeddings": dx.tolist(), **({} if dw is None else {"gradPrototypes": dw.tolist()}), **more,
    }


# ---- characteristics: value and slope with respect to the cosine -------------------------------------------------

def a_softmax(m, lam=0.0):
    def angle_piece(c):
        theta = math.acos(c)
        return theta, math.floor(m * theta / math.pi)
    def target(c):
        theta, k = angle_piece(c)
        return (lam * c + (-1) ** k * math.cos(m * theta) - 2 * k) / (1 + lam)
    def slope(c):
        theta, k = angle_piece(c)
        return (lam + (-1) ** k * m * math.sin(m * theta) / math.sin(theta)) / (1 + lam)
    return target, slope


def combined(m1, m2, m3, beyond):
    def inside(c):
        theta = math.acos(c)
        return beyond == "none" or (theta < math.pi - m2 if beyond == "fix" else theta < math.pi / 2)
    def target(c):
        if inside(c):
            return math.cos(m1 * math.acos(c) + m2) - m3
        return c - m3 - (m2 * math.sin(m2) if beyond == "fix" else 0)
    def slope(c):
        return m1 * math.sin(m1 * math.acos(c) + m2) / math.sin(math.acos(c)) if inside(c) else 1.0
    return target, slope


def spread(intra, inter):
    """Intra and inter terms: value a sample and the gradients of their mean."""
    def term(x, w, y, rows):
        n, c = len(x), len(w)
        values, dx, dw = np.zeros(n), np.zeros_like(x), np.zeros_like(w)
        for i, xi in enumerate(x):
            own = w[rows[i][y[i]]]
            if intra:
                v, (da, db) = angle(xi, own)
                values[i] += intra * v / math.pi
                dx[i] += intra * da / (math.pi * n)
                dw[rows[i][y[i]]] += intra * db / (math.pi * n)
            for j in range(c) if inter else ():
                if j != y[i]:
                    v, (da, db) = angle(own, w[j])
                    f = -inter / (math.pi * (c - 1))
                    values[i] += f * v
                    dw[y[i]] += f * da / n
                    dw[j] += f * db / n
        return values, dx, dw
    return term


def angle(a, b):
    la, lb, c = np.linalg.norm(a), np.linalg.norm(b), cosine(a, b)
    f = -1 / math.sqrt(1 - c * c)
    return math.acos(c), (f * (b / lb - c * a / la) / la, f * (a / la - c * b / lb) / lb)


# ---- the losses -----------------------------------------------------------------------------------------------

def softmax_parts(x, y, w, b, smoothing):
    c = len(w)
    losses, dx, dw, db = [], np.zeros_like(x), np.zeros_like(w), np.zeros(c)
    for i, xi in enumerate(x):
        z = w @ xi + b
        target = np.array([(1 - smoothing) * (j == y[i]) + smoothing / c for j in range(c)])
        losses.append(float(log_sum_exp(list(z)) - target @ z))
        g = (np.exp(z - log_sum_exp(list(z))) - target) / len(x)
        dx[i], db = w.T @ g, db + g
        dw += np.outer(g, xi)
    return np.array(losses), dx, dw, db


def softmax_case(name, data, b, smoothing):
    x, y, w = data
    losses, dx, dw, db = softmax_parts(x, y, w, b, smoothing)
    agree(name, dx, differences(lambda a: softmax_parts(a, y, w, b, smoothing)[0].mean(), x))
    agree(name, dw, differences(lambda a: softmax_parts(x, y, a, b, smoothing)[0].mean(), w))
    agree(name, db, differences(lambda a: softmax_parts(x, y, w, a, smoothing)[0].mean(), b))
    return case(name, {"labelSmoothing": smoothing}, data, losses, dx, dw, bias=b.tolist(), gradBias=db.tolist())


def released_case(name, data, m, lam):
    """Value of A-Softmax; the gradient is the released layer's rule, which no function has."""
    x, y, w = data
    target, _ = a_softmax(m, lam)
    psi, psi_slope = a_softmax(m)
    unit = w / np.linalg.norm(w, axis=1, keepdims=True)
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for i, xi in enumerate(x):
        length = np.linalg.norm(xi)
        cos = [cosine(xi, row) for row in unit]
        z = np.array([length * (target(v) if j == y[i] else v) for j, v in enumerate(cos)])
        g = np.exp(z - log_sum_exp(list(z)))
        g[y[i]] -= 1
        g /= len(x)
        c = cos[y[i]]
        a, b = psi_slope(c), (psi(c) - c * psi_slope(c)) / length
        own = ((a * unit[y[i]] + b * xi) / math.hypot(a, b) + lam * unit[y[i]]) / (1 + lam)
        for j in range(len(w)):
            dx[i] += g[j] * (own if j == y[i] else unit[j])
            dw[j] += g[j] * xi
    options = {"margin": m, "lambda": lam, "gradient": "released"}
    return case(name, options, data, classified(x, w, y, target, scale=None), dx, dw)


def center_parts(x, y, centres):
    return np.array([0.5 * np.sum((xi - centres[yi]) ** 2) for xi, yi in zip(x, y)])


def moved_centres(x, y, centres, alpha):
    out = centres.copy()
    for j in range(len(centres)):
        own = [xi for xi, yi in zip(x, y) if yi == j]
        out[j] -= alpha * sum((centres[j] - xi for xi in own), np.zeros(x.shape[1])) / (1 + len(own))
    return out


def center_case(name, x, y, centres, alpha):
    dx = np.array([(xi - centres[yi]) / len(x) for xi, yi in zip(x, y)])
    agree(name, dx, differences(lambda a: center_parts(a, y, centres).mean(), x))
    more = {"centres": centres.tolist(), "nextCentres": moved_centres(x, y, centres, alpha).tolist()}
    return case(name, {"alpha": alpha}, (x, y, None), center_parts(x, y, centres), dx, None, **more)


def joint_case(name, data, b, centres, weight):
    x, y, w = data
    losses, dx, dw, db = softmax_parts(x, y, w, b, 0.0)
    dx = dx + weight * np.array([(xi - centres[yi]) / len(x) for xi, yi in zip(x, y)])
    def value(a):
        return (softmax_parts(a, y, w, b, 0.0)[0] + weight * center_parts(a, y, centres)).mean()
    agree(name, dx, differences(value, x))
    more = {"bias": b.tolist(), "gradBias": db.tolist(), "centres": centres.tolist(),
            "nextCentres": moved_centres(x, y, centres, 0.5).tolist()}
    return case(name, {"weight": weight}, data, losses + weight * center_parts(x, y, centres), dx, dw, **more)


def unit_distance(a, b):
    """|a/|a| - b/|b||  and its gradients."""
    la, lb = np.linalg.norm(a), np.linalg.norm(b)
    gap = a / la - b / lb
    d = np.linalg.norm(gap)
    e = gap / d
    return d, ((e - (e @ a) * a / la**2) / la, -(e - (e @ b) * b / lb**2) / lb)


def plain_distance(a, b):
    d = np.linalg.norm(a - b)
    return d, ((a - b) / d, (b - a) / d)


def triplet_case(name, options, x, y, between, term, slope):
    n = len(x)
    chosen = []
    for a in range(n):
        pos = [p for p in range(n) if p != a and y[p] == y[a]]
        neg = [q for q in range(n) if y[q] != y[a]]
        if pos and neg:
            chosen.append((a, max(pos, key=lambda p: between(x[a], x[p])[0]), min(neg, key=lambda q: between(x[a], x[q])[0])))
    def value(z):
        return sum(term(between(z[a], z[p])[0] - between(z[a], z[q])[0]) for a, p, q in chosen) / len(chosen)
    dx, per_anchor = np.zeros_like(x), np.zeros(n)
    for a, p, q in chosen:
        (dp, (pa, pp)), (dq, (qa, qq)) = between(x[a], x[p]), between(x[a], x[q])
        per_anchor[a] = term(dp - dq)
        f = slope(dp - dq) / len(chosen)
        dx[a] += f * (pa - qa)
        dx[p] += f * pp
        dx[q] -= f * qq
    agree(name, dx, differences(value, x))
    out = case(name, options, (x, y, None), per_anchor, dx, None)
    out["loss"] = float(value(x))
    return out


def main():
    data = batch(1)
    x, y, w = data
    b, centres = np.array([0.1, -0.2, 0.05, 0.3]), np.round(np.random.default_rng(2).normal(size=w.shape), 4)
    plain = (lambda c: c, lambda _: 1.0)
    cos_margin = lambda m: (lambda c: c - m, lambda _: 1.0)
    files = {}
    files["softmax"] = [softmax_case("bias", data, b, 0.0), softmax_case("smoothing 0.2", data, b, 0.2)]
    files["normface"] = [margin_case(f"s={s}", {"scale": s}, data, *plain, scale=s) for s in (1, 16, 64)]
    files["cosface"] = [
        margin_case(f"s={s}, m={m}", {"scale": s, "margin": m}, data, *cos_margin(m), scale=s)
        for s, m in ((16, 0.2), (64, 0.35))
    ] + [margin_case("own norms", {"margin": 0.35, "normaliseFeatures": False}, data, *cos_margin(0.35), scale=None)]
    files["sphereface"] = [
        margin_case(f"m={m}, lambda={lam}", {"margin": m, "lambda": lam}, data, *a_softmax(m, lam), scale=None)
        for m in (1, 2, 3, 4) for lam in (0, 2.5)
    ] + [
        margin_case("normalised features", {"margin": 4, "lambda": 5, "normaliseFeatures": True, "scale": 12},
                    data, *a_softmax(4, 5), scale=12),
        *(released_case(f"released, m={m}, lambda={lam}", data, m, lam) for m, lam in ((1, 1), (2, 0), (3, 1), (4, 5))),
        *(margin_case(f"detached, m={m}", {"form": "detached", "margin": m, "scale": s}, data, *a_softmax(m), scale=s, stopped=True)
          for m, s in ((1.5, 30), (1.7, 64), (4, 12))),
    ]
    arc = []
    for beyond in ("fix", "none", "easy"):
        for s in (10, 64):
            options = {"scale": s, "marginRadians": 0.5, "beyondPi": beyond}
            arc.append(margin_case(f"{beyond}, s={s}", options, data, *combined(1, 0.5, 0, beyond), scale=s))
    for m1, m2, m3, beyond in ((1.35, 0, 0, "none"), (0.9, 0.4, 0.15, "none"), (1, 0.3, 0.2, "fix"), (1, 0.3, 0.2, "easy")):
        options = {"scale": 10, "multiplier": m1, "marginRadians": m2, "cosineMargin": m3, "beyondPi": beyond}
        arc.append(margin_case(f"combined {m1}, {m2}, {m3}, {beyond}", options, data, *combined(m1, m2, m3, beyond), scale=10))
    arc.append(margin_case("straight through", {"scale": 10, "gradient": "straightThrough"}, data,
                           *combined(1, 0.5, 0, "fix"), scale=10, stopped=True))
    arc.append(margin_case("intra and inter", {"scale": 10, "intraWeight": 0.7, "interWeight": 1.3}, data,
                           *combined(1, 0.5, 0, "fix"), scale=10, extra=spread(0.7, 1.3)))
    three = batch(3, c=12)
    arc.append(margin_case("three sub-centres, intra", {"scale": 10, "subCentres": 3, "intraWeight": 1}, three,
                           *combined(1, 0.5, 0, "fix"), scale=10, k=3, extra=spread(1, 0)))
    files["arcface"] = arc
    files["center-loss"] = [center_case("alpha 0.5, a class absent", x, y, centres, 0.5), center_case("alpha 1", x, y, centres, 1.0)]
    files["softmax-with-center"] = [joint_case("weight 0.3", data, b, centres, 0.3)]
    soft = (lambda g: math.log1p(math.exp(-abs(g))) + max(g, 0), lambda g: 1 / (1 + math.exp(-g)))
    hinge = lambda m: (lambda g: max(0.0, g + m), lambda g: float(g + m > 0))
    files["triplet-batch-hard"] = [
        triplet_case("soft", {"form": "soft"}, x, y, plain_distance, *soft),
        triplet_case("hinge 1", {"margin": 1}, x, y, plain_distance, *hinge(1)),
        triplet_case("soft, unit rows", {"form": "soft", "normalise": True}, x, y, unit_distance, *soft),
        triplet_case("angular 0.35", {"margin": 0.35, "distance": "angular"}, x, y, angle, *hinge(0.35)),
        triplet_case("angular soft", {"form": "soft", "distance": "angular"}, x, y, angle, *soft),
    ]
    for name, cases in files.items():
        write_golden(name, SOURCE, cases)
        print(name, len(cases))


if __name__ == "__main__":
    main()
