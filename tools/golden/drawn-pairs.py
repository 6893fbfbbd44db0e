"""Golden values of the losses that are fed random numbers, float64 and NumPy only.

Loops over triplets; a draw is a loop over candidates. Gradients are five-point central differences of the value, in which
what the loss stops (which pairs are drawn, how many terms count, what a memory holds) is found once, at the point.

Run from the repository root:  python tools/golden/drawn-pairs.py
"""

import math

import numpy as np

from central_differences import differences
from golden_file import write_golden

SOURCE = "tools/golden/drawn-pairs.py: float64, NumPy; central differences, stopped quantities frozen"


def rows(seed, n, d):
    """Rows of unequal length."""
    rng = np.random.default_rng(seed)
    return np.round(rng.normal(size=(n, d)) * rng.uniform(0.5, 2.0, size=(n, 1)), 4)


def unit(x):
    return np.array([row / math.sqrt(sum(v * v for v in row)) for row in x])


def distance(a, b):
    return math.sqrt(sum((p - q) ** 2 for p, q in zip(a, b)))


# ---- margin loss -------------------------------------------------------------------------------------------------

def log_weight(d, dim, nearest):
    d = max(d, nearest)
    return (2 - dim) * math.log(d) - (dim - 3) / 2 * math.log(1 - d * d / 4)


def drawn(x, y, uniforms, dim, nearest, farthest, evenly):
    """For each anchor the negative with the largest log weight plus Gumbel value."""
    z = unit(x)
    chosen = []
    for a in range(len(y)):
        negatives = [j for j in range(len(y)) if y[j] != y[a]]
        near = [j for j in negatives if distance(z[a], z[j]) < farthest]
        score = {}
        for j in near if near and not evenly else negatives:
            weight = log_weight(distance(z[a], z[j]), dim, nearest) if near and not evenly else 0.0
            score[j] = weight - math.log(-math.log(uniforms[a][j]))
        chosen.append([max(score, key=score.get)] if score else [])
    return chosen


def margin_case(name, options, x, y, offset=None, uniforms=None, margin=0.2, boundary=1.2, nearest=0.5, farthest=1.4):
    n, sampling = len(y), options.get("sampling", "distanceWeighted")
    if sampling == "all":
        chosen = [[j for j in range(n) if y[j] != y[a]] for a in range(n)]
    else:
        chosen = drawn(x, y, uniforms, x.shape[1], nearest, farthest, sampling == "uniform")
    triplets = [(a, p, j) for a in range(n) for p in range(n) if p != a and y[p] == y[a] for j in chosen[a]]

    def parts(z, off):
        z = unit(z)
        beta = [boundary + (0 if off is None else off[y[a]] if len(off) > 1 else off[0]) for a in range(n)]
        return [(a, max(0, margin + distance(z[a], z[p]) - beta[a]), max(0, margin - distance(z[a], z[j]) + beta[a])) for a, p, j in triplets]

    count = sum((pull > 0) + (push > 0) for _, pull, push in parts(x, offset))

    def terms(z, off):
        out = [0.0] * n
        for a, pull, push in parts(z, off):
            out[a] += n * (pull + push) / max(1, count)
        return out

    per_anchor = terms(x, offset)
    case = {
        "name": name, "options": options, "embeddings": x.tolist(), "labels": list(y), "loss": float(np.mean(per_anchor)), "perAnchor": per_anchor,
        "gradEmbeddings": differences(lambda z: float(np.mean(terms(z, offset))), x, 1e-5).tolist(),
    }
    if uniforms is not None:
        case["draws"] = {"uniforms": uniforms.tolist()}
    if offset is not None:
        case["offset"] = list(offset)
        case["gradOffset"] = differences(lambda o: float(np.mean(terms(x, o))), np.array(offset), 1e-5).tolist()
    assert count > 3, name
    return case, chosen


def margin_loss():
    y = [0, 1, 2, 0, 1, 0, 3, 2, 1]
    x = rows(31, 9, 5)
    u = np.round(np.random.default_rng(32).uniform(size=(9, 9)), 6)
    offset = [-0.15, 0.1, 0.05, 0.2]
    cases = [
        margin_case("drawn by distance, boundaries of classes", {}, x, y, offset, u),
        margin_case("drawn by distance, one boundary, own margins", {"margin": 0.35, "boundary": 1.0, "nearest": 0.9, "farthest": 1.25}, x, y,
                    [0.07], u, margin=0.35, boundary=1.0, nearest=0.9, farthest=1.25),
        margin_case("drawn evenly", {"sampling": "uniform"}, x, y, offset, u),
        margin_case("nothing near: drawn evenly", {"farthest": 0.01}, x, y, None, u, farthest=0.01),
        margin_case("all negatives, boundaries of classes", {"sampling": "all"}, x, y, offset),
    ]
    # the samplings choose differently, or their cases would say the same
    assert len({str(chosen) for _, chosen in cases}) >= 4, [c for _, c in cases]
    write_golden("margin-loss", SOURCE, [case for case, _ in cases])


# ---- DAS ---------------------------------------------------------------------------------------------------------

def cosine(a, b):
    return sum(p * q for p, q in zip(a, b))


def multi_similarity(z, y):
    out = []
    for i in range(len(y)):
        s = [cosine(z[i], row) for row in z]
        pos = [j for j in range(len(y)) if j != i and y[j] == y[i]]
        neg = [j for j in range(len(y)) if y[j] != y[i]]
        keep_p = [j for j in pos if any(s[j] < s[k] + 0.1 for k in neg)]
        keep_n = [j for j in neg if any(s[j] > s[k] - 0.1 for k in pos)]
        out.append(math.log(1 + sum(math.exp(-2 * (s[j] - 0.5)) for j in keep_p)) / 2
                   + math.log(1 + sum(math.exp(40 * (s[j] - 0.5)) for j in keep_n)) / 40)
    return out


def semi_hard(z, y):
    n = len(y)
    pairs = [(a, p) for a in range(n) for p in range(n) if a != p and y[a] == y[p]]
    out = [0.0] * n
    for a, p in pairs:
        d = {j: distance(z[a], z[j]) for j in range(n) if y[j] != y[a]}
        beyond = [j for j in d if d[j] > distance(z[a], z[p])]
        chosen = min(beyond, key=d.get) if beyond else max(d, key=d.get)
        out[a] += n / len(pairs) * max(0, 0.2 + distance(z[a], z[p]) - d[chosen])
    return out


def contrastive(z, y):
    n = len(y)
    hinges = {(i, j): (distance(z[i], z[j]) if y[i] == y[j] else 1 - distance(z[i], z[j])) for i in range(n) for j in range(n) if i != j}
    out = [0.0] * n
    for same in (True, False):
        bad = [pair for pair, h in hinges.items() if (y[pair[0]] == y[pair[1]]) == same and h > 2e-6]
        for i, j in bad:
            out[i] += n / len(bad) * hinges[i, j]
    return out


def largest(values, k):
    return sorted(range(len(values)), key=lambda c: -values[c])[:k]


def remember(v, y, queues, size):
    """Differences of all ordered pairs, class by class; the oldest leave first."""
    for t in sorted(set(y)):
        members = [i for i in range(len(y)) if y[i] == t]
        for a in members:
            for b in members:
                if a != b and any(v[a] != v[b]):
                    queues[t].append(v[a] - v[b])
                    if len(queues[t]) > size:
                        queues[t].pop(0)


def as_memory(queues, size, d):
    memory = np.zeros((len(queues), size, d + 1))
    for t, queue in enumerate(queues):
        for slot, entry in enumerate(reversed(queue)):
            memory[t, slot] = [*entry, 1]
    return memory.tolist()


def das_case(name, options, batches, draws, classes, loss, channels=4, low=0.99, high=1.01, shift=0.01, size=10, detach=True, auxiliary=False):
    """The last of `batches` is the case, the earlier ones fill counts and memory."""
    d = batches[0][0].shape[1]
    counts, queues = np.zeros((classes, d)), [[] for _ in range(classes)]
    for x, y in batches:
        before = (counts.copy(), as_memory(queues, size, d))
        v = unit(x)
        for i, t in enumerate(y):
            counts[t, largest(v[i], channels)] += 1
        remember(v, y, queues, size)
    n, copies = len(y), len(draws["scales"])
    scaled = [largest(list(counts[t]), channels) for t in y]

    def produce(v):
        rows = []
        for t in range(copies):
            for i in range(n):
                newest = list(reversed(queues[y[i]]))
                b = newest[min(int(draws["choices"][t][i] * len(newest)), len(newest) - 1)] if newest else np.zeros(d)
                r = np.array([low + (high - low) * draws["scales"][t][i][c] if c in scaled[i] else 1.0 for c in range(d)])
                rows.append(r * v[i] + shift * b)
        return unit(np.array(rows))

    frozen = produce(unit(x))

    def terms(z):
        v = unit(z)
        rows = loss(np.concatenate([v, frozen if detach else produce(v)]), y * (copies + 1))
        alone = loss(v, y) if auxiliary else [0.0] * n
        return [sum(rows[i::n]) / (copies + 1) + alone[i] for i in range(n)]

    assert any(len(q) == size for q in queues) and any(0 < len(q) < size for q in queues), [len(q) for q in queues]
    per_anchor = terms(x)
    return {"name": name, "options": options, "embeddings": x.tolist(), "labels": list(y), "loss": float(np.mean(per_anchor)), "perAnchor": per_anchor,
            "gradEmbeddings": differences(lambda z: float(np.mean(terms(z))), x, 1e-5).tolist(),
            "draws": {k: v.tolist() for k, v in draws.items()}, "state": {"counts": before[0].tolist(), "memory": before[1]},
            "nextState": {"counts": counts.tolist(), "memory": as_memory(queues, size, d)}}


def das():
    batches = [(rows(71, 7, 6), [0, 1, 0, 2, 0, 1, 2]), (rows(72, 6, 6), [1, 0, 1, 2, 2, 2])]
    apart = [batches[0], (batches[1][0].copy(), batches[1][1])]  # equal rows are a kink of the plain distance
    batches[1][0][3] = 2 * batches[1][0][4]  # equal directions leave nothing to remember
    rng = np.random.default_rng(73)

    def draws(copies):
        return {"scales": np.round(rng.uniform(size=(copies, 6, 6)), 4), "choices": np.round(rng.uniform(size=(copies, 6)), 4)}

    wide = {"lowScale": 0.5, "highScale": 2, "shift": 0.1, "channels": 2}
    own = dict(low=0.5, high=2, shift=0.1, channels=2)
    return [
        das_case("multi-similarity, fine-grained settings", {}, batches, draws(3), 5, multi_similarity, size=6),
        das_case("multi-similarity, wide", wide, batches, draws(2), 5, multi_similarity, size=5, **own),
        das_case("multi-similarity, wide, with gradient", {**wide, "detach": False}, batches, draws(2), 5, multi_similarity, size=5, detach=False, **own),
        das_case("triplet, wide, auxiliary", {**wide, "host": "tripletSemiHard", "auxiliary": True}, batches, draws(2), 5, semi_hard, size=5, auxiliary=True, **own),
        das_case("contrastive, with gradient", {"host": "contrastive", "detach": False, "shift": 0.3}, apart, draws(1), 5, contrastive, size=5, shift=0.3, detach=False),
    ]


if __name__ == "__main__":
    margin_loss()
    write_golden("das", SOURCE, das())
