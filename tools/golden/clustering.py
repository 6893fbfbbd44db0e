"""Golden values for clustering: scikit-learn's Lloyd from given centres, its NMI and its pair counts.

Run from the repository root with numpy and scikit-learn installed:
    python tools/golden/clustering.py
"""
import json
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import normalized_mutual_info_score
from sklearn.metrics.cluster import contingency_matrix, expected_mutual_information, pair_confusion_matrix

OUT = Path("packages/evaluation/test/golden/clustering.json")


def agreement(clusters, labels):
    (_, false_negative_or_positive), (other, both) = pair_confusion_matrix(labels, clusters)
    f1 = 2 * both / (2 * both + false_negative_or_positive + other) if both else 0.0
    return {"nmi": normalized_mutual_info_score(labels, clusters), "f1": f1}


def lloyd(name, x, start, iterations):
    found = KMeans(len(start), init=start, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd").fit(x)
    return {"name": name, "dim": x.shape[1], "points": x.ravel().tolist(), "start": start.ravel().tolist(), "maxIterations": iterations,
            "assignment": found.labels_.tolist(), "centres": found.cluster_centers_.ravel().tolist(), "inertia": found.inertia_}


def main():
    rng = np.random.default_rng(11)
    labels = rng.integers(0, 7, 120)
    x = np.round(rng.normal(size=(7, 5))[labels] + rng.normal(0, 0.7, (120, 5)), 3)
    far = np.round(np.vstack([x[:6], np.full((1, 5), 40.0)]), 3)
    cases = [lloyd("to the end", x, x[:7], 300), lloyd("two moves", x, x[:7], 2), lloyd("as many as rows", x[:9], x[:9], 300),
             lloyd("an empty cluster", x, far, 300), lloyd("an empty cluster, one move", x, far, 1)]
    pairs = [(labels, labels), (labels, np.zeros(120, int)), (np.zeros(120, int), np.zeros(120, int)), (np.arange(120), labels),
             (rng.integers(0, 5, 120), labels), (np.array(cases[0]["assignment"]), labels),
             (np.array([0, 0, 1, 1, 1, 1, 2, 0]), np.array([0, 0, 0, 1, 1, 1, 2, 2]))]
    agreements = [{"clusters": c.tolist(), "labels": y.tolist(), **agreement(c, y)} for c, y in pairs]
    chance = []
    for classes, per in ((2, 1), (2, 3), (5, 4), (40, 6)):
        sizes = np.repeat(np.arange(classes), per)
        expected = expected_mutual_information(contingency_matrix(sizes, sizes, sparse=True).astype(np.int64), classes * per)
        chance.append({"classes": classes, "imagesPerClass": per, "nmi": expected / np.log(classes)})
    text = json.dumps({"source": "tools/golden/clustering.py: scikit-learn, float64", "kMeans": cases, "agreement": agreements, "chance": chance}, default=float)
    OUT.write_text(text + "\n")


main()
