"""Loss and gradients of ours.ts in PyTorch; prints milliseconds of each call, and the value of the loss."""
import json
import sys
import time

import numpy as np
import torch
from pytorch_metric_learning import __version__ as pml_version

from torch_peers import PEERS

WARM_UP = 5


def values(shape, seed):
    """The values of ours.ts: about normal, a hash of place and seed."""
    with np.errstate(over="ignore"):
        h = np.arange(int(np.prod(shape)), dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(seed * 0x85EBCA77 & 0xFFFFFFFF)
        for multiplier in (0x85EBCA6B, 0xC2B2AE35):
            h = (h ^ (h >> np.uint32(16))) * np.uint32(multiplier)
        h ^= h >> np.uint32(16)
    # the sum of four bytes has standard deviation 147.8
    total = (h & 255) + (h >> 8 & 255) + (h >> 16 & 255) + (h >> 24)
    return torch.tensor(((total.astype(np.float64) - 510) / 147.8).astype(np.float32).reshape(shape))


def main(settings):
    torch.set_num_threads(settings["threads"])
    parameters = {name: values(shape, 2 + at).requires_grad_() for at, (name, shape) in enumerate(settings["parameters"].items())}
    state = {name: values(shape, 12 + at) for at, (name, shape) in enumerate(settings["state"].items())}
    embeddings = values((settings["batch"], settings["embeddingDim"]), 1).requires_grad_()
    labels = torch.arange(settings["batch"]) // 4 % settings["classes"]
    loss = PEERS[settings["loss"]]
    milliseconds = []
    for repeat in range(-WARM_UP, settings["repeats"]):
        start = time.perf_counter()
        for tensor in (embeddings, *parameters.values()):
            tensor.grad = None
        value = loss(embeddings, labels, parameters, state)
        value.backward()
        result = value.item()
        if repeat >= 0:
            milliseconds.append(1000 * (time.perf_counter() - start))
    norms = [float(tensor.grad.norm()) for tensor in (embeddings, *parameters.values())]
    versions = [f"PyTorch {torch.__version__.split('+')[0]}", f"pytorch-metric-learning {pml_version}"]
    print(json.dumps({"milliseconds": milliseconds, "versions": versions, "check": {"loss": result, **{f"gradient {1 + at}": norm for at, norm in enumerate(norms)}}}))


main(json.loads(sys.argv[1]))
