"""Golden values of the pools and vector layers of packages/backbones, from PyTorch in float64, with gradients by autograd.

    python3 tools/golden/pools.py        # needs torch

writes packages/backbones/test/golden/pools.json. Images are given and taken as [n, h, w, c].
"""
import json
from pathlib import Path

import torch
import torch.nn.functional as F

OUT = Path(__file__).resolve().parents[2] / "packages" / "backbones" / "test" / "golden" / "pools.json"
torch.manual_seed(11)


def pool(kind, size, stride, padding, up):
    if kind == "maxPool":
        return lambda x: F.max_pool2d(x, size, stride, padding, ceil_mode=up)
    return lambda x: F.avg_pool2d(x, size, stride, padding, ceil_mode=up, count_include_pad=True)


WINDOWS = [(2, 2, 0, False), (2, 2, 0, True), (3, 2, 0, True), (3, 2, 1, False), (3, 1, 1, False), (5, 3, 0, True), (2, 2, 1, True)]
SIDES = {"5x8": (5, 8), "7x6": (7, 6)}
CASES = [
    ({"kind": kind, "size": size, "stride": stride, "padding": padding, "rounding": "up" if up else "down"}, pool(kind, size, stride, padding, up))
    for kind in ("maxPool", "averagePool")
    for size, stride, padding, up in WINDOWS
    if not (kind == "maxPool" and (size == 5 or size == 2 * padding))  # no max pool of TensorFlow has these
]
CASES += [
    ({"kind": "globalMaxPool"}, lambda x: x.amax((2, 3))),
    ({"kind": "mixedPool", "share": 0.57}, lambda x: 0.57 * x.amax((2, 3)) + 0.43 * x.mean((2, 3))),
    ({"kind": "leakyRelu", "slope": 0.75}, lambda x: F.leaky_relu(x, 0.75)),
    ({"kind": "leakyRelu", "slope": 0.0}, F.relu),
]


def case(layer, function, name, shape):
    x = torch.randn(1, *shape, 2, dtype=torch.float64, requires_grad=True)
    y = function(x.permute(0, 3, 1, 2))
    y = y.permute(0, 2, 3, 1) if y.dim() == 4 else y
    upstream = torch.randn_like(y)
    (y * upstream).sum().backward()
    return entry(layer, name, x, y, upstream)


def entry(layer, name, x, y, upstream):
    numbers = lambda t: [round(v, 7) for v in t.detach().reshape(-1).tolist()]
    return {
        "name": f"{layer['kind']} {' '.join(str(v) for k, v in layer.items() if k != 'kind')} on {name}",
        "layer": layer, "shape": list(x.shape), "x": numbers(x), "outShape": list(y.shape), "y": numbers(y),
        "upstream": numbers(upstream), "grad": numbers(x.grad),
    }


def partial(beta):
    x = torch.randn(3, 5, dtype=torch.float64, requires_grad=True)
    y = F.normalize(x, dim=-1) + beta * x
    upstream = torch.randn_like(y)
    (y * upstream).sum().backward()
    return entry({"kind": "partialNormalisation", "beta": beta}, "vectors", x, y, upstream)


cases = [case(layer, f, name, shape) for layer, f in CASES for name, shape in SIDES.items()]
cases += [partial(0.0), partial(0.004), partial(0.3)]
OUT.write_text(json.dumps({"source": "tools/golden/pools.py, PyTorch float64", "cases": cases}) + "\n")
