"""Golden values for re-ranking: k-reciprocal encoding (Zhong et al., CVPR 2017) with dense float64 matrices.

Run from the repository root with numpy installed:
    python tools/golden/reranking.py
"""
import json
from pathlib import Path

import numpy as np

OUT = Path("packages/evaluation/test/golden/reranking.json")


def rerank(queries, gallery, k1, k2, lam):
    x = np.vstack([queries, gallery])
    d = ((x[:, None] - x[None]) ** 2).sum(-1)
    d = (d / d.max(0)).T
    order = np.argsort(d, axis=1, kind="stable")

    def reciprocal(i, k):
        return [j for j in order[i, : k + 1] if i in order[j, : k + 1]]

    v = np.zeros_like(d)
    for i in range(len(x)):
        own = reciprocal(i, k1)
        members = set(own)
        for c in own:
            others = reciprocal(c, int(np.around(k1 / 2)))
            if len(set(others) & set(own)) > 2 / 3 * len(others):
                members |= set(others)
        members = sorted(members)
        v[i, members] = np.exp(-d[i, members])
        v[i] /= v[i].sum()
    if k2 > 1:
        v = np.array([v[order[i, :k2]].mean(0) for i in range(len(x))])
    q = len(queries)
    shared = np.minimum(v[:q, None], v[None, q:]).sum(-1)
    return (1 - lam) * (1 - shared / (2 - shared)) + lam * d[:q, q:]


def case(name, queries, gallery, k1, k2, lam, unit=False):
    scaled = lambda x: x / np.linalg.norm(x, axis=1, keepdims=True) if unit else x
    found = rerank(scaled(queries), scaled(gallery), k1, k2, lam)
    return {"name": name, "dim": queries.shape[1], "queries": queries.ravel().tolist(), "gallery": gallery.ravel().tolist(), "k1": k1, "k2": k2,
            "lambda": lam, "measure": "cosine" if unit else "euclidean", "distances": found.tolist()}


def reidentification(x, labels, cameras, q):
    unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    d = rerank(unit[:q], unit[q:], 20, 6, 0.3)
    rows = []
    for i in range(q):
        kept = [j for j in range(q, len(x)) if not (labels[j] == labels[i] and cameras[j] == cameras[i])]
        kept.sort(key=lambda j: (d[i, j - q], j))
        places = 1 + np.flatnonzero(labels[kept] == labels[i])
        if len(places):
            rows.append([places[0] == 1, np.mean(np.arange(1, len(places) + 1) / places), len(places) / places[-1]])
    cmc1, ap, inp = np.mean(np.array(rows, float), 0)
    return {"embeddings": x.ravel().tolist(), "dim": x.shape[1], "labels": labels.tolist(), "cameras": cameras.tolist(), "queries": q,
            "searched": len(rows), "cmc1": cmc1, "map": ap, "minp": inp}


def retrieval(x, labels, k1, k2, lam):
    """All search all, each sample as query and in the gallery; the query itself is left out by its index."""
    unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    d = rerank(unit, unit, k1, k2, lam)
    rows = []
    for i in range(len(x)):
        kept = sorted((j for j in range(len(x)) if j != i), key=lambda j: (d[i, j], j))
        places = 1 + np.flatnonzero(labels[kept] == labels[i])
        if len(places):
            rows.append([places[0] == 1, np.mean(np.arange(1, len(places) + 1) / places)])
    recall, ap = np.mean(np.array(rows, float), 0)
    return {"k1": k1, "k2": k2, "lambda": lam, "recallAt1": recall, "map": ap}


def main():
    worked = case("the worked example", np.array([[0, 0], [3, 0.0]]), np.array([[0.5, 0], [0, 1], [1.4, 0.2], [2.5, 0.3], [3.2, -0.8], [2, 2]]), 3, 2, 0.3)
    rng = np.random.default_rng(21)
    labels = rng.integers(0, 9, 90)
    x = np.round(rng.normal(size=(9, 6))[labels] + rng.normal(0, 0.8, (90, 6)), 3)
    q, g = x[:25], x[25:]
    cases = [worked, case("defaults of the paper", q, g, 20, 6, 0.3), case("unit rows", q, g, 20, 6, 0.3, True), case("no expansion of queries", q, g, 7, 1, 0.5),
             case("k1 odd", q, g, 5, 3, 0), case("the first distance alone", q, g, 10, 6, 1), case("more neighbours than rows", q[:4], g[:6], 20, 6, 0.3)]
    found = {"reidentification": reidentification(x, labels, rng.integers(0, 3, 90), 25), "retrieval": [retrieval(x, labels, 20, 6, 0.3), retrieval(x, labels, 12, 4, 0.7)]}
    OUT.write_text(json.dumps({"source": "tools/golden/reranking.py: NumPy, float64", "cases": cases, **found}) + "\n")


main()
