"""The registry's losses at their default options in PyTorch: pytorch-metric-learning where it has them, else as one would write them.

Each is a function of embeddings, labels, parameters and state; the names of those are the ones of ours.ts."""
import math

import torch
import torch.nn.functional as F
from pytorch_metric_learning import distances, losses, miners, reducers


def cosines(x, w):
    return F.linear(F.normalize(x), F.normalize(w))


def with_target(scores, y, change):
    rows = torch.arange(len(y))
    out = scores.clone()
    out[rows, y] = change(scores[rows, y])
    return out


def pairs(y):
    same = y[:, None] == y[None]
    return same & ~torch.eye(len(y), dtype=torch.bool), ~same


def places(y):
    """Of each example, how many of its class stand before it."""
    return torch.tril(y[:, None] == y[None], -1).sum(1)


def masked_lse(scores, mask, dim=1):
    return torch.logsumexp(scores.masked_fill(~mask, -1e9), dim)


def psi4(c):
    k = sum((c < math.cos(j * math.pi / 4)).float() for j in (1, 2, 3))
    return (1 - 2 * (k % 2)) * (8 * c**4 - 8 * c**2 + 1) - 2 * k


def linear(x, p):
    return F.linear(x, p["prototypes"], p.get("bias"))


def softmax(x, y, p, s):
    return F.cross_entropy(linear(x, p), y)


def centres(x, y, s):
    own = s["centres"][y]
    loss = 0.5 * (x - own).square().sum(1).mean()
    with torch.no_grad():
        counts = torch.zeros(len(s["centres"]), 1).index_add_(0, y, torch.ones(len(y), 1))
        sums = torch.zeros_like(s["centres"]).index_add_(0, y, own - x)
        s["moved"] = s["centres"] - 0.5 * sums / (1 + counts)
    return loss


def sphereface(x, y, p, s):
    norms = x.norm(dim=1, keepdim=True)
    return F.cross_entropy(norms * with_target(cosines(x, p["prototypes"]), y, psi4), y)


def l_softmax(x, y, p, s):
    w = p["prototypes"]
    lengths = x.norm(dim=1) * w[y].norm(dim=1)
    return F.cross_entropy(with_target(F.linear(x, w), y, lambda t: lengths * psi4(t / lengths)), y)


def arc(c, m):
    return c * torch.cos(m) - (1 - c * c).clamp(min=1e-12).sqrt() * torch.sin(m)


def magface(x, y, p, s):
    norms = x.norm(dim=1).clamp(10, 110)
    m = 0.45 + 0.35 / 100 * (norms - 10)
    scores = with_target(cosines(x, p["prototypes"]), y, lambda c: torch.where(c > 0, arc(c, m), c))
    return F.cross_entropy(64 * scores, y) + 35 * (1 / norms + norms / 110**2).mean()


def unpg(x, y, p, s):
    cos = cosines(x, p["prototypes"])
    target = cos[torch.arange(len(y)), y] - 0.35
    classified = F.cross_entropy(64 * with_target(cos, y, lambda c: c - 0.35), y, reduction="none")
    kept = cosines(x, x)[torch.triu(pairs(y)[1])]
    ordered = kept.detach().sort().values
    low, high = ordered[int(0.25 * len(ordered))], ordered[int(0.75 * len(ordered))]
    inside = (kept >= low - 1.5 * (high - low)) & (kept <= high + 1.5 * (high - low))
    return (classified + F.softplus(torch.logsumexp(64 * kept[inside], 0) - classified - 64 * target)).mean()


def nbc_softmax(x, y, p, s):
    classes, ids, counts = y.unique(return_inverse=True, return_counts=True)
    centroids = torch.zeros(len(classes), x.shape[1]).index_add(0, ids, x) / counts[:, None]
    off = 1 - torch.eye(len(classes))
    spread = torch.logsumexp(0.2 * cosines(centroids, centroids) * off, 1)
    return 0.5 * softmax(x, y, p, s) + 0.5 * spread.mean() / len(p["prototypes"])


def proxy_nca(x, y, p, s):
    logits = 18 * cosines(x, p["prototypes"])
    own = F.one_hot(y, logits.shape[1]).bool()
    return (masked_lse(logits, ~own) - logits[own]).mean()


def group(x, y, p, s):
    logits = linear(x, p)
    first = places(y) == 0
    one_hot = F.one_hot(y, logits.shape[1]).float()
    start = torch.where(first[:, None], one_hot, F.softmax(logits / 40, 1))
    centred = x - x.mean(1, keepdim=True)
    grown = start * ((cosines(centred, centred).relu() * (1 - torch.eye(len(y)))) @ start)
    refined = grown / (grown.sum(1, keepdim=True) + 1e-12)
    return -(refined[torch.arange(len(y)), y] + 1e-12).log().mean()


def binomial_deviance(x, y, p, s):
    pos, neg = pairs(y)
    above = cosines(x, x) - 0.5
    return F.softplus(-2 * above[pos]).mean() + F.softplus(20 * above[neg]).mean()


def contrastive(x, y, p, s):
    pos, _ = pairs(y)
    d = torch.cdist(x, x)
    hinge = torch.where(pos, d, (1 - d).relu()) * (1 - torch.eye(len(y)))
    return 0.5 * hinge.square().sum() / (len(y) * (len(y) - 1))


def lifted_structure(x, y, p, s):
    """That of pytorch-metric-learning holds [pairs, pairs], and takes seconds at this size."""
    pos, neg = pairs(y)
    d = torch.cdist(x, x)
    pushed = masked_lse(1 - d, neg)
    return (torch.logaddexp(pushed[:, None], pushed[None]) + d).relu().square()[pos].mean() / 2


def n_pair(x, y, p, s):
    at = places(y)
    f, g = x[at == 0], x[at == 1]  # classes stand together, so that the two are in the same order
    return F.cross_entropy(f @ g.T, torch.arange(len(f))) + 0.002 / 4 * (f.square().sum(1).mean() + g.square().sum(1).mean())


def ranked_list(x, y, p, s):
    pos, neg = pairs(y)
    u = F.normalize(x)
    d = torch.cdist(u, u.detach())
    with torch.no_grad():
        far, near = pos & (d > 0.8), neg & (d < 1.2)
        pull = F.softmax(torch.zeros_like(d).masked_fill(~far, -1e4), 1) * far
        push = F.softmax((10 * (1.2 - d)).masked_fill(~near, -1e4), 1) * near
    return ((pull * (d - 0.8)).sum(1) + (push * (1.2 - d)).sum(1)).mean()


def simclr(x, y, p, s):
    z = F.normalize(x)
    scores = (z @ z.T / 0.1).masked_fill(torch.eye(len(z), dtype=torch.bool), -1e9)
    return F.cross_entropy(scores, (torch.arange(len(z)) + len(z) // 2) % len(z))


def triplet_semi_hard(x, y, p, s):
    pos, neg = pairs(y)
    z = F.normalize(x)
    d = (2 - 2 * z @ z.T).relu()
    with torch.no_grad():
        beyond = (d[:, None] > d[:, :, None]) & neg[:, None]
        nearest = d[:, None].expand(-1, len(y), -1).masked_fill(~beyond, 1e30).min(2).indices
        farthest = d.masked_fill(~neg, -1).max(1).indices
        chosen = torch.where(beyond.any(2), nearest, farthest[:, None])
    a, q = pos.nonzero(as_tuple=True)
    return (0.2 + d[a, q] - d[a, chosen[a, q]]).relu().mean()


PLAIN = distances.LpDistance(normalize_embeddings=False)


def pml(loss, miner=None):
    """A loss of pytorch-metric-learning; its class weights, `[d, c]` or `[c, d]`, become the prototypes given."""

    def apply(x, y, p, s):
        if "made" not in s:
            s["made"] = loss(*p["prototypes"].shape) if "prototypes" in p else loss()
            for name, weights in s["made"].named_parameters():
                weights.data = (p["prototypes"].T if name == "W" else p["prototypes"]).detach().clone()
                p["prototypes"] = weights  # the gradient is its
        return s["made"](x, y, miner(x, y)) if miner else s["made"](x, y)

    return apply


def margin_loss(x, y, p, s):
    """With the negatives drawn from the same uniforms."""
    pos, neg = pairs(y)
    u = F.normalize(x)
    d = torch.cdist(u, u)
    with torch.no_grad():
        far = d.clamp(min=0.5)
        weights = (2 - x.shape[1]) * far.log() - (x.shape[1] - 3) / 2 * (1 - far.square() / 4).clamp(min=1e-6).log()
        gumbel = -(-s["uniforms"].clamp(1e-7, 1 - 1e-7).log()).log()
        near = neg & (d < 1.4)
        drawn = torch.where(near.any(1, keepdim=True), (weights + gumbel).masked_fill(~near, -1e30), gumbel.masked_fill(~neg, -1e30))
        chosen = F.one_hot(drawn.argmax(1), len(y)) * neg
    beta = 1.2 + p["offset"][y][:, None]
    pull, push = (d + 0.2 - beta).relu(), (0.2 - d + beta).relu()
    pulls, pushes = pos * chosen.sum(1, keepdim=True), chosen * pos.sum(1, keepdim=True)
    count = (pulls * (pull > 0) + pushes * (push > 0)).sum()
    return (pulls * pull + pushes * push).sum() / count.clamp(min=1)


def softmax_with_triplet(x, y, p, s):
    return F.cross_entropy(linear(x, p), y, label_smoothing=0.1) + batch_hard(x, y, {}, s)


def pairwise_cross_entropy(x, y, p, s):
    n, one_hot = len(y), F.one_hot(y, len(p["prototypes"])).float()
    soft = F.softmax(x @ p["prototypes"].T, 1)
    to_hard, to_soft = x @ (one_hot.T @ x / n).T, x @ (soft.T @ x / n).T
    return (torch.logsumexp(to_soft, 1) - ((one_hot * to_hard).sum(1) + (soft * to_soft).sum(1)) / 2).mean()


def simplified_pairwise_cross_entropy(x, y, p, s):
    present, ids = torch.unique(y, return_inverse=True)
    sums = F.one_hot(ids, len(present)).float().T @ x / len(y)
    return F.cross_entropy(x @ sums.T, ids)


def contra_x(x, y, p, s):
    scores = cosines(x, x) / 0.1
    lost = torch.logsumexp(scores, 1) - masked_lse(scores, y[:, None] == y[None])
    return softmax(x, y, p, s) + lost.sum()


batch_hard = pml(lambda: losses.TripletMarginLoss(margin=0.3, distance=PLAIN, reducer=reducers.MeanReducer()), miners.BatchHardMiner(distance=PLAIN))

PEERS = {
    "softmax": softmax,
    "normface": pml(lambda c, d: losses.NormalizedSoftmaxLoss(c, d, temperature=1 / 64)),
    "cosface": pml(lambda c, d: losses.CosFaceLoss(c, d, margin=0.35, scale=64)),
    "arcface": pml(lambda c, d: losses.ArcFaceLoss(c, d, margin=math.degrees(0.5), scale=64)),
    "sphereface": sphereface,
    "lSoftmax": l_softmax,
    "magface": magface,
    "unpg": unpg,
    "nbcSoftmax": nbc_softmax,
    "centerLoss": lambda x, y, p, s: centres(x, y, s),
    "softmaxWithCenter": lambda x, y, p, s: softmax(x, y, p, s) + 0.008 * centres(x, y, s),
    "proxyNca": proxy_nca,
    "proxyAnchor": pml(lambda c, d: losses.ProxyAnchorLoss(c, d, margin=0.1, alpha=32)),
    "group": group,
    "binomialDeviance": binomial_deviance,
    "circle": pml(lambda: losses.CircleLoss(m=0.4, gamma=80)),
    "contrastive": contrastive,
    "liftedStructure": lifted_structure,
    "multiSimilarity": pml(lambda: losses.MultiSimilarityLoss(alpha=2, beta=50, base=1), miners.MultiSimilarityMiner(epsilon=0.1)),
    "nPair": n_pair,
    "rankedList": ranked_list,
    "simclr": simclr,
    "supcon": pml(lambda: losses.SupConLoss(temperature=0.1)),
    "tripletAll": pml(lambda: losses.TripletMarginLoss(margin=0.2, distance=PLAIN, reducer=reducers.MeanReducer())),
    "tripletBatchHard": pml(lambda: losses.TripletMarginLoss(margin=0.2, distance=PLAIN, reducer=reducers.MeanReducer()), miners.BatchHardMiner(distance=PLAIN)),
    "tripletSemiHard": triplet_semi_hard,
    "marginLoss": margin_loss,
    "softmaxWithTriplet": softmax_with_triplet,
    "pairwiseCrossEntropy": pairwise_cross_entropy,
    "simplifiedPairwiseCrossEntropy": simplified_pairwise_cross_entropy,
    "contraX": contra_x,
}
