"""Golden values for packages/evaluation: scikit-learn, SciPy, statsmodels and plain NumPy loops in float64.

Run from the repository root with numpy, scipy, scikit-learn and statsmodels installed:
    python tools/golden/evaluation.py
"""
import json
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn.metrics import roc_auc_score, roc_curve, top_k_accuracy_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower
from statsmodels.stats.weightstats import ttost_paired

OUT = Path("packages/evaluation/test/golden")


def write(name, source, **values):
    text = json.dumps({"source": f"tools/golden/evaluation.py: {source}", **values}, default=float)
    (OUT / f"{name}.json").write_text(text + "\n")


def roc(genuine, impostor, weights=None):
    """AUC, strict and nearest TAR, EER from scikit-learn's full curve."""
    y = np.r_[np.ones(len(genuine)), np.zeros(len(impostor))]
    s = np.r_[genuine, impostor]
    fpr, tpr, _ = roc_curve(y, s, drop_intermediate=False, sample_weight=weights)
    strict = {str(f): max(tpr[fpr <= f + 1e-12]) for f in (0.25, 0.1, 0.05, 0.01, 0.001)}
    nearest = {}
    for f in (0.25, 0.1, 0.05, 0.01):
        gap = np.abs(fpr - f)
        nearest[str(f)] = max(tpr[gap <= gap.min() + 1e-12])
    d = fpr - (1 - tpr)
    k = int(np.argmax(d >= 0))
    if d[k] == 0 or k == 0:
        eer = fpr[k]
    else:
        t = -d[k - 1] / (d[k] - d[k - 1])
        eer = fpr[k - 1] + t * (fpr[k] - fpr[k - 1])
    return {"auc": roc_auc_score(y, s, sample_weight=weights), "strict": strict, "nearest": nearest, "eer": eer}


def verification():
    rng = np.random.default_rng(1)
    cases = [{
        "name": "the worked example of eight genuine and sixteen impostor scores",
        "genuine": [0.82, 0.75, 0.66, 0.58, 0.49, 0.31, 0.90, 0.71],
        "impostor": [0.12, 0.05, -0.10, 0.33, 0.52, 0.20, -0.25, 0.41, 0.61, 0.02, 0.15, 0.28, -0.03, 0.37, 0.09, 0.44],
    }]
    for name, digits, ng, ni in (("continuous", 6, 60, 300), ("many ties", 1, 80, 400), ("ties of two digits", 2, 50, 1000)):
        cases.append({"name": name, "genuine": np.round(rng.normal(0.5, 0.25, ng), digits).tolist(),
                      "impostor": np.round(rng.normal(0.0, 0.25, ni), digits).tolist()})
    cases.append({"name": "all alike", "genuine": [0.5] * 5, "impostor": [0.5] * 20})
    cases.append({"name": "apart", "genuine": [0.8, 0.9], "impostor": [0.1, 0.2, 0.3]})
    cases.append({"name": "the wrong way round", "genuine": [0.1, 0.2], "impostor": [0.7, 0.8, 0.9]})
    write("verification", "sklearn roc_curve (drop_intermediate=False), roc_auc_score",
          cases=[{**c, **roc(c["genuine"], c["impostor"])} for c in cases])


def kfold(score, same, fold, grid, choose, strict, weights=None):
    w = np.ones(len(score)) if weights is None else weights
    accs, ts = [], []
    for f in np.unique(fold):
        tr, te = fold != f, fold == f

        def acc(t, m):
            right = np.where(same[m] == 1, score[m] > t, (score[m] < t) if strict else (score[m] <= t))
            return (w[m] * right).sum() / w[m].sum()

        a = np.array([acc(t, tr) for t in grid])
        best = [t for t, v in zip(grid, a) if v >= a.max() - 1e-12]
        t = best[0] if choose == "lowest" else best[-1] if choose == "highest" else float(np.mean(best))
        ts.append(t)
        accs.append(acc(t, te))
    return {"thresholds": ts, "accuracies": accs, "mean": np.mean(accs), "std": np.std(accs)}


def folds():
    rng = np.random.default_rng(2)
    n = 200
    same = (np.arange(n) % 2).astype(int)
    score = np.round(np.clip(rng.normal(0.35 * same + 0.15, 0.2), -1, 1), 3)
    fold = np.arange(n) // 20
    weights = rng.integers(0, 4, n)
    lfw = [1 - k / 200 for k in range(399, -1, -1)]
    fine = [k / 10000 for k in range(-10000, 10001)]
    base = {"score": score.tolist(), "same": same.tolist(), "fold": fold.tolist()}
    write("folds", "NumPy loops", **base, weights=weights.tolist(),
          lfw=kfold(score, same, fold, lfw, "highest", False),
          weighted=kfold(score, same, fold, lfw, "highest", False, weights),
          sphereface=kfold(score, same, fold, fine, "mean", True))


def retrieval(sim, labels, cameras=None):
    n = len(labels)
    keys = ["recallAt1", "recallAt2", "recallAt4", "recallAt8", "recallAt10", "rPrecision", "mapAtR", "map", "mrr", "minp"]
    rows = []
    for q in range(n):
        rest = [j for j in range(n) if j != q
                and not (cameras is not None and labels[j] == labels[q] and cameras[j] == cameras[q])]
        rest.sort(key=lambda j: (-sim[q, j], j))
        rel = np.array([labels[j] == labels[q] for j in rest], float)
        r = int(rel.sum())
        if r == 0:
            continue
        prec = np.cumsum(rel) / np.arange(1, len(rel) + 1)
        first, last = int(np.argmax(rel)) + 1, int(np.max(np.nonzero(rel))) + 1
        rows.append([float(first <= k) for k in (1, 2, 4, 8, 10)]
                    + [rel[:r].mean(), (prec * rel)[:r].sum() / r, (prec * rel).sum() / r, 1 / first, r / last])
    return {**dict(zip(keys, np.mean(rows, 0))), "queries": len(rows)}


def identification(x, labels, d):
    ranks, first = [], []
    for a in range(len(x)):
        for b in range(len(x)):
            if a == b or labels[a] != labels[b]:
                continue
            ahead = (d @ x[a]) >= x[b] @ x[a]
            ranks.append(1 + int(ahead.sum()))
            first.append(int(np.argmax(ahead)) if ahead.any() else len(d))
    ranks, first = np.array(ranks), np.array(first)
    return {"rank1": (ranks <= 1).mean(), "rank5": (ranks <= 5).mean(), "rank10": (ranks <= 10).mean(),
            "curve": [{"distractors": m, "rank1": (first >= m).mean()} for m in (0, 1, 3, 10, len(d))],
            "ranks": sorted(ranks.tolist())}


def angle(a, b):
    return np.degrees(np.arccos(np.clip(a @ b / np.linalg.norm(a) / np.linalg.norm(b), -1, 1)))


def geometry(x, labels, w):
    out = {}
    for name, y in (("raw", x), ("unit", x / np.linalg.norm(x, axis=1, keepdims=True))):
        ks = np.unique(labels)
        ms = {k: y[labels == k].mean(0) for k in ks}
        m = y.mean(0)
        cos = lambda a, b: a @ b / np.linalg.norm(a) / np.linalg.norm(b)
        within = sum(1 - cos(v, ms[k]) for v, k in zip(y, labels))
        between = sum((labels == k).sum() * (1 - cos(ms[k], m)) for k in ks)
        out[name] = {"within": within, "between": between, "score": within / between}
    nearest = lambda c: np.mean([min(angle(c[i], c[j]) for j in range(len(c)) if j != i) for i in range(len(c))])
    centres = [ms[k] for k in ks]
    out["angles"] = {"intra": np.mean([angle(v, ms[k]) for v, k in zip(y, labels)]), "inter": nearest(centres),
                     "prototypeCentre": np.mean([angle(a, b) for a, b in zip(w, centres)]), "prototypeInter": nearest(w)}
    out["meanNorm"] = np.linalg.norm(x, axis=1).mean()
    return out


def embeddings():
    rng = np.random.default_rng(3)
    sizes = [5, 4, 1, 6, 2, 3, 1, 5, 4, 3, 5, 6]
    names = rng.permutation(len(sizes)) * 3 + 2
    centres = rng.normal(size=(len(sizes), 6))
    order = rng.permutation(sum(sizes))
    labels = np.repeat(names, sizes)[order]
    x = np.round((np.repeat(centres, sizes, 0) + rng.normal(0, 0.9, (sum(sizes), 6)))[order] * rng.uniform(0.5, 3, (sum(sizes), 1)), 4)
    groups = rng.integers(0, 4, len(x))
    d = np.round(rng.normal(size=(40, 6)), 4)
    w = np.round(centres[np.argsort(names)] + rng.normal(0, 0.3, centres.shape), 4)
    u, ud = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (x, d))
    sim = u @ u.T
    i, j = np.triu_indices(len(x), 1)
    genuine, scores, same_group = labels[i] == labels[j], sim[i, j], groups[i] == groups[j]
    # a replicate of the bootstrap over classes: classes by ascending label
    number = np.searchsorted(np.unique(labels), labels)
    weights = rng.multinomial(len(sizes), [1 / len(sizes)] * len(sizes), 3).astype(float)
    drawn = []
    for wk in weights:
        wi, wj = wk[number[i]], wk[number[j]]
        pair = np.where(genuine, wi, wi * wj)
        weigh = lambda keep: np.r_[pair[genuine], pair[~genuine & keep]]
        both = [roc(scores[genuine], scores[~genuine & keep], weigh(keep)) for keep in (np.ones(len(i), bool), same_group)]
        drawn.append({"weights": wk.tolist(), "all": both[0], "sameGroup": both[1]})
    hist = lambda s: np.histogram(np.degrees(np.arccos(np.clip(s, -1, 1))), np.arange(0, 181, 2))[0].tolist()
    dens = lambda s: np.histogram(s, np.linspace(-1, 1, 201))[0] / len(s)
    write("embeddings", "NumPy loops; sklearn for ROC",
          embeddings=x.tolist(), labels=labels.tolist(), groups=groups.tolist(), distractors=d.tolist(), prototypes=w.tolist(),
          all=roc(scores[genuine], scores[~genuine]), impostors=int((~genuine).sum()), genuine=int(genuine.sum()),
          sameGroup=roc(scores[genuine], scores[~genuine & same_group]), impostorsSameGroup=int((~genuine & same_group).sum()),
          gap=scores[genuine].min() - scores[~genuine].max(),
          overlap=np.minimum(dens(scores[genuine]), dens(scores[~genuine])).sum(),
          angles={"genuine": hist(scores[genuine]), "impostors": hist(scores[~genuine])},
          retrieval=retrieval(sim, labels), retrievalCameras=retrieval(sim, labels, groups),
          retrievalEuclidean=retrieval(-((x[:, None] - x[None]) ** 2).sum(-1), labels),
          identification=identification(u, labels, ud), geometry=geometry(x, labels, w), bootstrap=drawn)


def statistics():
    rng = np.random.default_rng(4)
    lists = [np.round(rng.normal(0.6, 0.05, n), 4) for n in (2, 3, 5, 10)]
    intervals = [{"values": v.tolist(), "level": lv, "low": iv[0], "high": iv[1], "sd": v.std(ddof=1)}
                 for v in lists for lv in (0.9, 0.95) for iv in [stats.t.interval(lv, len(v) - 1, v.mean(), stats.sem(v))]]
    pairs = []
    for n in (3, 5, 10):
        a = np.round(rng.normal(0.62, 0.03, n), 4)
        b = np.round(a - rng.normal(0.02, 0.02, n), 4)
        t = stats.ttest_rel(a, b)
        iv = t.confidence_interval(0.95)
        pairs.append({"a": a.tolist(), "b": b.tolist(), "mean": (a - b).mean(), "p": t.pvalue, "low": iv.low, "high": iv.high,
                      "tost": [{"delta": dl, "p": ttost_paired(a, b, -dl, dl)[0]} for dl in (0.005, 0.03, 0.08)]})
    power = [{"n": n, "power": pw, "effect": TTestPower().solve_power(nobs=n, alpha=0.05, power=pw, alternative="two-sided")}
             for n in (2, 3, 5, 10, 20) for pw in (0.8, 0.9) if (n, pw) != (2, 0.9)]  # the solver stops at 10 there
    at = [{"n": n, "effect": e, "power": TTestPower().power(e, n, 0.05)} for n in (3, 5, 10) for e in (0.3, 1, 2)]
    ps = [[0.01, 0.04, 0.03, 0.005], [0.2, 0.9, 0.6], [0.02, 0.02, 0.02], [0.5], np.round(rng.uniform(0, 0.1, 12), 4).tolist()]
    ties = [np.round(rng.normal(size=9), 1) for _ in range(4)]
    kendall = [{"x": x.tolist(), "y": y.tolist(), "tau": stats.kendalltau(x, y, variant="b").statistic,
                "pearson": stats.pearsonr(x, y).statistic, "spearman": stats.spearmanr(x, y).statistic}
               for x, y in ((ties[0], ties[1]), (ties[0], np.round(ties[0] + 0.4 * ties[2], 1)), (np.arange(9.0), np.sort(ties[3])))]
    q = np.round(rng.normal(size=11), 3)
    drawn = np.round(rng.beta(60, 3, 200), 4)
    write("statistics", "scipy.stats, statsmodels",
          intervals=intervals, pairs=pairs, power=power, powerAt=at,
          holm=[{"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()} for p in ps], kendall=kendall,
          normal=[{"x": x, "cdf": stats.norm.cdf(x)} for x in (-6, -2.5, -0.1, 0, 1.96, 5)],
          quantile={"values": q.tolist(), "at": [{"share": s, "value": np.quantile(q, s)} for s in (0, 0.025, 0.3, 0.5, 0.975, 1)]},
          oneSided=[one_sided(p["a"], p["b"], border) for p in pairs for border in (0, 0.01, 0.05)],
          spreads=[spreads(rng, n) for n in (3, 5, 10)], crossed=[crossed(rng, n) for n in (2, 3, 5, 10)],
          ranks=[ranks(rng, *shape) for shape in ((5, 3), (7, 5), (8, 10))],
          classes={"replicates": drawn.tolist(), "at": [{"classes": c, "level": lv, **expanded(drawn, c, lv)} for c in (2, 20, 50, 600) for lv in (0.9, 0.95)]})


def one_sided(a, b, border):
    return {"a": a, "b": b, "border": border,
            **{side: stats.ttest_1samp(np.subtract(a, b), border, alternative=alt).pvalue for side, alt in (("above", "greater"), ("below", "less"))}}


def spreads(rng, n):
    """Jackknife of the log ratio of mean absolute deviations (about the mean); SciPy's one-sample t test of its pseudo-values."""
    a, b = np.round(rng.normal(0.6, 0.01, n), 4), np.round(rng.normal(0.6, 0.03, n), 4)

    def log_ratio(keep):
        x, y = a[keep], b[keep]
        return np.log(np.abs(x - x.mean()).sum() / np.abs(y - y.mean()).sum())

    every = np.arange(n)
    pseudo = [n * log_ratio(every) - (n - 1) * log_ratio(every[every != i]) for i in every]
    test = stats.ttest_1samp(pseudo, 0)
    low, high = np.exp(test.confidence_interval(0.95))
    return {"a": a.tolist(), "b": b.tolist(), "ratio": np.exp(log_ratio(every)), "low": low, "high": high, "p": test.pvalue}


def crossed(rng, n, replicates=40):
    """Gaps over seeds and classes: two-way variance, Cochran and Cox's weighted quantile."""
    reps = np.round(0.02 + rng.normal(0, 0.01, (n, 1)) + rng.normal(0, 0.008, (1, replicates)) + rng.normal(0, 0.01, (n, replicates)), 5)
    gaps = np.round(reps.mean(1), 4)
    v_mean, v_seed = reps.mean(0).var(ddof=1), reps.var(axis=1, ddof=1).mean()
    v = np.array([gaps.var(ddof=1) / n, v_mean - (v_seed - v_mean) / (n - 1)])
    assert v[1] > 0 and v_seed > v_mean
    half = v @ stats.t.ppf(0.975, [n - 1, replicates - 1]) / np.sqrt(v.sum())
    return {"gaps": gaps.tolist(), "replicates": reps.tolist(), "low": gaps.mean() - half, "high": gaps.mean() + half}


def ranks(rng, rows, seeds):
    """SciPy's tau-b, and its ends where every pair of rows that ttest_rel leaves open takes either order."""
    published = np.round(np.arange(rows) / 2) / 10
    ours = np.round(np.arange(rows)[:, None] * 0.01 + rng.normal(0, 0.01, (rows, seeds)), 4)
    i, j = np.triu_indices(rows, 1)
    wanted = np.sign(published[i] - published[j])
    gap = ours[i] - ours[j]
    known = stats.ttest_1samp(gap, 0, axis=1).pvalue < 0.05
    most = np.sqrt(np.abs(wanted).sum() * len(i))
    settled, left = (wanted * np.sign(gap.mean(1)))[known].sum(), np.abs(wanted)[~known].sum()
    return {"published": published.tolist(), "ours": ours.tolist(), "tau": stats.kendalltau(published, ours.mean(1)).statistic,
            "low": (settled - left) / most, "high": (settled + left) / most}


def expanded(drawn, classes, level):
    """Hesterberg's expanded percentiles, quantiles of type 6."""
    tail = stats.norm.cdf(-np.sqrt(classes / (classes - 1)) * stats.t.ppf((1 + level) / 2, classes - 1))
    low, high = np.quantile(drawn, [tail, 1 - tail], method="weibull")
    return {"low": low, "high": high}


def chance():
    """Means over all orders of a small list, and a top-k check."""
    import itertools
    out = []
    for classes, per in ((3, 2), (2, 3), (4, 2)):
        n, r = classes * per - 1, per - 1
        vals = []
        for pos in itertools.combinations(range(1, n + 1), r):
            rel = np.isin(np.arange(1, n + 1), pos).astype(float)
            prec = np.cumsum(rel) / np.arange(1, n + 1)
            vals.append([pos[0] <= 2, rel[:r].mean(), (prec * rel)[:r].sum() / r, (prec * rel).sum() / r, 1 / pos[0]])
        out.append({"classes": classes, "imagesPerClass": per,
                    **dict(zip(("recallAt2", "rPrecision", "mapAtR", "map", "mrr"), np.mean(vals, 0)))})
    rng = np.random.default_rng(5)
    logits, labels = np.round(rng.normal(size=(30, 7)), 3), rng.integers(0, 7, 30)
    write("chance", "all orders enumerated; sklearn top_k_accuracy_score", cases=out, logits=logits.tolist(), labels=labels.tolist(),
          top={str(k): top_k_accuracy_score(labels, logits, k=k, labels=range(7)) for k in (1, 3, 5)})


OUT.mkdir(parents=True, exist_ok=True)
for make in (verification, folds, embeddings, statistics, chance):
    make()
