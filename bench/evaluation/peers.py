"""The evaluations of ours.ts in PyTorch and faiss, each in bounded memory; prints milliseconds, peak memory and what was found."""
import json
import os
import resource
import sys
import time

settings = json.loads(sys.argv[1])
os.environ["OMP_NUM_THREADS"] = str(settings["threads"])

import faiss
import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import normalized_mutual_info_score

BLOCK = 1024


def precisions(hits, most, relevant):
    """MAP@R of rows of hits among the nearest references, all with `relevant` relevant ones."""
    hits = hits[:, :relevant].float()
    ranks = torch.arange(1, relevant + 1)
    return ((hits.cumsum(1) / ranks) * hits).sum(1) / relevant


def shares(first, precision):
    """Recall from the 0-based place of the first relevant reference."""
    found = {f"recallAt{k}": float((first < k).float().mean()) for k in (1, 10, 100, 1000)}
    return {**found, "mapAtR": float(precision.mean())}


def retrieval(x, labels, way, perClass, **_):
    n, relevant = len(x), perClass - 1
    most = min(1000, n - 1)
    x = F.normalize(x)
    if way == "faiss":
        index = faiss.IndexFlatIP(x.shape[1])
        index.add(x.numpy())
    firsts, means = [], []
    for start in range(0, n, BLOCK):
        q, y = x[start : start + BLOCK], labels[start : start + BLOCK]
        own = torch.arange(start, start + len(q))
        if way == "faiss":
            near = torch.from_numpy(index.search(q.numpy(), most + 1)[1])
            others = near != own[:, None]
            others[others.all(1), -1] = False  # a query that is not found itself loses the last
            hits = (labels[near] == y[:, None])[others].reshape(len(q), most)
        else:
            s = q @ x.T
            s[torch.arange(len(q)), own] = -torch.inf
            near = s.topk(most if way == "topk" else relevant).indices
            hits = labels[near] == y[:, None]
        if way == "count":
            mates = (y[:, None] * perClass + torch.arange(perClass)).clamp(max=n - 1)
            best = torch.where(labels[mates] == y[:, None], s.gather(1, mates), -torch.inf).amax(1, keepdim=True)
            firsts.append((s > best).sum(1))
        else:
            firsts.append(torch.where(hits.any(1), hits.int().argmax(1), most))
        means.append(precisions(hits, most, relevant))
    return shares(torch.cat(firsts), torch.cat(means))


def verification(x, labels, **_):
    u = F.normalize(x)
    n = len(u)
    genuine, tail, cutoff = [], torch.empty(0), -torch.inf
    for start in range(0, n, BLOCK):
        y = labels[start : start + BLOCK]
        end = int(torch.searchsorted(labels, y[-1:], right=True))  # rows of a class follow each other
        s = u[start : start + BLOCK] @ u[start:end].T
        same = (y[:, None] == labels[start:end]) & (torch.arange(end - start) > torch.arange(len(y))[:, None])
        genuine.append(s[same])
    genuine = torch.cat(genuine).sort().values
    impostors = n * (n - 1) // 2 - len(genuine)
    keep = int(impostors * 0.002) + 1
    below = torch.zeros(len(genuine) + 1, dtype=torch.long)  # impostors by the number of genuine scores below them
    for start in range(0, n, BLOCK):
        y = labels[start : start + BLOCK]
        s = (u[start : start + BLOCK] @ u[start:].T)[(labels[start:] > y[:, None])]
        below += torch.bincount(torch.searchsorted(genuine, s), minlength=len(below))
        tail = torch.cat([tail, s[s > cutoff]])
        if len(tail) > keep:
            tail = tail.topk(keep).values
            cutoff = float(tail[-1])
    tail = tail.sort(descending=True).values
    tar = lambda far: float((genuine > tail[int(far * impostors)]).float().mean())
    above = impostors - below.cumsum(0)[:-1]  # at each genuine threshold
    far = above.double() / impostors
    frr = torch.arange(len(genuine)).double() / len(genuine)
    crossing = int((far - frr).abs().argmin())
    return {"tarAtFar3": tar(1e-3), "tarAtFar4": tar(1e-4), "auc": float(1 - far.mean()), "eer": float((far[crossing] + frr[crossing]) / 2), "accuracyOfOwnPairs": ten_folds(u, labels)}


def ten_folds(u, labels, folds=10, per_fold=300):
    rng = np.random.default_rng(0)
    n, size = len(u), int((labels == 0).sum())
    classes = int(labels[-1])  # the last may be cut short
    per_fold = min(per_fold, classes // folds)
    own = rng.permutation(classes)[: folds * per_fold]
    a = np.r_[own * size, own * size]
    b = np.r_[own * size + 1, np.roll(own, 1) * size]
    fold = np.tile(np.repeat(np.arange(folds), per_fold), 2)
    same = np.repeat([True, False], folds * per_fold)
    score = (u[a] * u[b]).sum(1).numpy()
    right = (score[:, None] > 1 - np.arange(400) / 200) == same[:, None]
    best = [right[fold != f].mean(0).argmax() for f in range(folds)]
    return float(np.mean([right[fold == f, best[f]].mean() for f in range(folds)]))


def identification(x, labels, way, folder, dim, perClass, distractors, **_):
    probes = F.normalize(x)
    file = np.memmap(os.path.join(folder, "distractors.f32"), np.float32, "r", shape=(distractors, dim))
    top = torch.full((len(probes), 10), -2.0)
    for start in range(0, distractors, 4 * BLOCK):
        block = F.normalize(torch.from_numpy(np.array(file[start : start + 4 * BLOCK])))
        if way == "faiss":
            values = torch.from_numpy(faiss.knn(probes.numpy(), block.numpy(), 10, metric=faiss.METRIC_INNER_PRODUCT)[0])
        else:
            values = (probes @ block.T).topk(10).values
        top = torch.cat([top, values], 1).topk(10).values
    s = torch.stack([g @ g.T for g in probes.reshape(-1, perClass, dim)])  # all classes are whole
    mates = s[:, ~torch.eye(perClass, dtype=bool)].reshape(len(probes), perClass - 1)
    share = lambda k: float((mates > top[:, k - 1 : k]).float().mean())
    return {"rank1": share(1), "rank10": share(10)}


def clustering(x, labels, way, clusters, iterations, **_):
    n = len(x)
    centres = x[torch.arange(clusters) * n // clusters].clone()
    if way == "faiss":
        model = faiss.Kmeans(x.shape[1], clusters, niter=iterations, max_points_per_centroid=n, min_points_per_centroid=1)
        model.train(x.numpy(), init_centroids=centres.numpy())
        assigned = model.index.search(x.numpy(), 1)[1][:, 0]
        return {"nmi": normalized_mutual_info_score(labels, assigned)}
    for iteration in range(iterations + 1):
        half = centres.square().sum(1) / 2
        assigned = torch.cat([torch.addmm(half, x[start : start + BLOCK], centres.T, alpha=-1).argmin(1) for start in range(0, n, BLOCK)])
        if iteration == iterations:
            break
        counts = torch.bincount(assigned, minlength=clusters)
        sums = torch.zeros_like(centres).index_add_(0, assigned, x)
        centres = torch.where(counts[:, None] > 0, sums / counts[:, None], centres)
    return {"nmi": normalized_mutual_info_score(labels, assigned)}


def main():
    torch.set_num_threads(settings["threads"])
    faiss.omp_set_num_threads(settings["threads"])
    n, dim = settings["n"], settings["dim"]
    x = torch.from_numpy(np.fromfile(os.path.join(settings["folder"], "embeddings.f32"), np.float32).reshape(n, dim))
    labels = torch.arange(n) // settings["perClass"]
    task = {f.__name__: f for f in (retrieval, verification, identification, clustering)}[settings["task"]]
    torch.ones(256, 256) @ torch.ones(256, 256)
    start = time.perf_counter()
    with torch.inference_mode():
        check = task(x, labels, **{key: value for key, value in settings.items() if key not in ("task", "n")})
    milliseconds = [1000 * (time.perf_counter() - start)]
    versions = [f"PyTorch {torch.__version__.split('+')[0]}", f"faiss {faiss.__version__}"]
    print(json.dumps({"milliseconds": milliseconds, "versions": versions, "check": check, "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


main()
