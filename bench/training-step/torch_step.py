"""The training step of ours.ts in PyTorch: same network, head, optimiser and batch; prints milliseconds of each step."""
import json
import math
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

WARM_UP = 4


class Block(nn.Module):
    """Basic block: conv-BN-ReLU-conv-BN plus shortcut, then ReLU."""

    def __init__(self, inputs, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, filters, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        changes = stride != 1
        self.shortcut = nn.Sequential(nn.Conv2d(inputs, filters, 1, stride, bias=False), nn.BatchNorm2d(filters)) if changes else nn.Identity()

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)))
        return F.relu(self.norm2(self.conv2(y)) + self.shortcut(x))


class SmallResnet(nn.Module):
    """3x3 stem of stride 2, four basic blocks of W, 2W, 4W, 8W filters, global average pool, linear embedding."""

    def __init__(self, width, dim):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, width, 3, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU())
        shapes = [(width, width, 1), (width, 2 * width, 2), (2 * width, 4 * width, 2), (4 * width, 8 * width, 2)]
        self.blocks = nn.Sequential(*[Block(*shape) for shape in shapes])
        self.embedding = nn.Linear(8 * width, dim)

    def forward(self, x):
        return self.embedding(self.blocks(self.stem(x)).mean((2, 3)))


def arcface(embeddings, labels, prototypes, scale=64.0, margin=0.5):
    cosine = F.linear(F.normalize(embeddings), F.normalize(prototypes))
    target = cosine.gather(1, labels[:, None]).clamp(-1 + 1e-7, 1 - 1e-7)
    margined = torch.cos(torch.acos(target) + margin)
    margined = torch.where(target > math.cos(math.pi - margin), margined, target - margin * math.sin(margin))
    return F.cross_entropy(scale * cosine.scatter(1, labels[:, None], margined), labels)


def main(settings):
    torch.manual_seed(0)
    torch.set_num_threads(settings["threads"])
    net = SmallResnet(settings["width"], settings["embeddingDim"])
    prototypes = nn.Parameter(0.1 * torch.randn(settings["classes"], settings["embeddingDim"]))
    images = torch.rand(settings["batch"], 1, settings["side"], settings["side"]) * 2 - 1
    labels = torch.arange(settings["batch"]) % settings["classes"]
    mode = settings["mode"]
    if mode != "contiguous":
        net, images = net.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    loss_of = lambda x, y: arcface(net(x), y, prototypes)
    if mode == "compile":
        loss_of = torch.compile(loss_of)
    optimiser = torch.optim.SGD([*net.parameters(), prototypes], lr=0.01, momentum=0.9)
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
