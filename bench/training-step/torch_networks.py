"""The networks of the training step in PyTorch."""
import torch.nn as nn
import torch.nn.functional as F


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


class Unit(nn.Module):
    """BN - conv - BN - PReLU - conv (stride here) - BN, plus shortcut; nothing behind the sum."""

    def __init__(self, inputs, filters, stride):
        super().__init__()
        self.branch = nn.Sequential(
            nn.BatchNorm2d(inputs),
            nn.Conv2d(inputs, filters, 3, 1, 1, bias=False),
            nn.BatchNorm2d(filters),
            nn.PReLU(filters),
            nn.Conv2d(filters, filters, 3, stride, 1, bias=False),
            nn.BatchNorm2d(filters),
        )
        changes = stride != 1
        self.shortcut = nn.Sequential(nn.Conv2d(inputs, filters, 1, stride, bias=False), nn.BatchNorm2d(filters)) if changes else nn.Identity()

    def forward(self, x):
        return self.branch(x) + self.shortcut(x)


class Iresnet18(nn.Module):
    """ArcFace's LResNet18-IR with output E, without dropout; the gamma of the last batch norm stays 1."""

    def __init__(self, channels, side, width, dim):
        super().__init__()
        layers = [nn.Conv2d(channels, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.PReLU(width)]
        inputs = width
        for stage in range(4):
            filters = width * 2**stage
            layers += [Unit(inputs, filters, 2), Unit(filters, filters, 1)]
            inputs, side = filters, (side + 1) // 2
        self.features = nn.Sequential(*layers, nn.BatchNorm2d(inputs))
        self.embedding = nn.Linear(inputs * side * side, dim)
        self.norm = nn.BatchNorm1d(dim)
        self.norm.weight.requires_grad_(False)

    def forward(self, x):
        return self.norm(self.embedding(self.features(x).flatten(1)))


def network_of(settings):
    if settings["network"] == "iresnet-18":
        return Iresnet18(settings["channels"], settings["side"], settings["width"], settings["embeddingDim"])
    return SmallResnet(settings["width"], settings["embeddingDim"])
