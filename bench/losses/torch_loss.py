"""Loss and gradients of ours.ts in PyTorch, by pytorch-metric-learning where it has the loss; prints milliseconds of each call."""
import json
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
from pytorch_metric_learning import __version__ as pml_version
from pytorch_metric_learning import losses, miners

WARM_UP = 5


class Softmax(nn.Module):
    def __init__(self, classes, dim):
        super().__init__()
        self.linear = nn.Linear(dim, classes)

    def forward(self, embeddings, labels):
        return F.cross_entropy(self.linear(embeddings), labels)


class CenterLoss(nn.Module):
    """Half squared distance to the class centre, and the centres' own update (Wen et al., ECCV 2016, equations 2 to 4)."""

    def __init__(self, classes, dim):
        super().__init__()
        self.register_buffer("centres", torch.randn(classes, dim))

    def forward(self, embeddings, labels):
        own = self.centres[labels]
        loss = 0.5 * (embeddings - own).square().sum(1).mean()
        with torch.no_grad():
            counts = torch.zeros(len(self.centres), 1).index_add_(0, labels, torch.ones(len(labels), 1))
            sums = torch.zeros_like(self.centres).index_add_(0, labels, own - embeddings)
            self.moved = self.centres - 0.5 * sums / (1 + counts)
        return loss


class TripletBatchHard(nn.Module):
    def __init__(self):
        super().__init__()
        self.miner = miners.BatchHardMiner()
        self.loss = losses.TripletMarginLoss(margin=0.2)

    def forward(self, embeddings, labels):
        return self.loss(embeddings, labels, self.miner(embeddings, labels))


def loss_of(name, classes, dim):
    made = {
        "softmax": lambda: Softmax(classes, dim),
        "normface": lambda: losses.NormalizedSoftmaxLoss(classes, dim, temperature=1 / 16),
        "cosface": lambda: losses.CosFaceLoss(classes, dim, margin=0.35, scale=64),
        "arcface": lambda: losses.ArcFaceLoss(classes, dim, margin=28.6, scale=64),
        "sphereface": lambda: losses.SphereFaceLoss(classes, dim, margin=4, scale=1),
        "centerLoss": lambda: CenterLoss(classes, dim),
        "tripletBatchHard": TripletBatchHard,
    }
    return made[name]()


def main(settings):
    torch.manual_seed(0)
    torch.set_num_threads(settings["threads"])
    batch, dim, classes = settings["batch"], settings["embeddingDim"], settings["classes"]
    loss = loss_of(settings["loss"], classes, dim)
    embeddings = torch.randn(batch, dim, requires_grad=True)
    labels = torch.arange(batch) // 4 % classes
    milliseconds = []
    for repeat in range(-WARM_UP, settings["repeats"]):
        start = time.perf_counter()
        embeddings.grad = None
        loss.zero_grad(set_to_none=True)
        value = loss(embeddings, labels)
        value.backward()
        value.item()
        if repeat >= 0:
            milliseconds.append(1000 * (time.perf_counter() - start))
    versions = [f"PyTorch {torch.__version__.split('+')[0]}", f"pytorch-metric-learning {pml_version}"]
    print(json.dumps({"milliseconds": milliseconds, "versions": versions}))


main(json.loads(sys.argv[1]))
