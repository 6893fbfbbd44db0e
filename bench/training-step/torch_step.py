"""The training step of ours.ts in PyTorch: same network, head, optimiser and batch; prints milliseconds of each step."""
import json
import math
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from torch_networks import network_of

WARM_UP = 4


def arcface(embeddings, labels, prototypes, scale=64.0, margin=0.5):
    cosine = F.linear(F.normalize(embeddings), F.normalize(prototypes))
    target = cosine.gather(1, labels[:, None]).clamp(-1 + 1e-7, 1 - 1e-7)
    margined = torch.cos(torch.acos(target) + margin)
    margined = torch.where(target > math.cos(math.pi - margin), margined, target - margin * math.sin(margin))
    return F.cross_entropy(scale * cosine.scatter(1, labels[:, None], margined), labels)


def main(settings):
    torch.manual_seed(0)
    torch.set_num_threads(settings["threads"])
    net = network_of(settings)
    prototypes = nn.Parameter(0.1 * torch.randn(settings["classes"], settings["embeddingDim"]))
    images = torch.rand(settings["batch"], settings["channels"], settings["side"], settings["side"]) * 2 - 1
    labels = torch.arange(settings["batch"]) % settings["classes"]
    mode = settings["mode"]
    if mode != "contiguous":
        net, images = net.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    lowered = settings["precision"] == "bfloat16"

    def loss_of(x, y):
        with torch.autocast("cpu", torch.bfloat16, enabled=lowered):
            embeddings = net(x)
        return arcface(embeddings.float(), y, prototypes)

    if mode == "compile":
        loss_of = torch.compile(loss_of)
    optimiser = torch.optim.SGD([*filter(lambda p: p.requires_grad, net.parameters()), prototypes], lr=0.01, momentum=0.9)
    milliseconds = []
    for step in range(-WARM_UP, settings["steps"]):
        start = time.perf_counter()
        optimiser.zero_grad(set_to_none=True)
        loss = loss_of(images, labels)
        loss.backward()
        optimiser.step()
        loss.item()
        if step >= 0:
            milliseconds.append(1000 * (time.perf_counter() - start))
    print(json.dumps({"milliseconds": milliseconds, "versions": [f"PyTorch {torch.__version__.split('+')[0]}"]}))


main(json.loads(sys.argv[1]))
