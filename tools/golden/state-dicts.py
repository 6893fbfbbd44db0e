"""Golden embeddings of published PyTorch definitions, whose weights are a formula of their place in the state dict.

    pip install torch torchvision pretrainedmodels
    python3 tools/golden/state-dicts.py

writes packages/backbones/test/golden/state-dicts.json: names and shapes of each state dict, and the features of one
image in evaluation mode. The test fills the same names by the same formula, so no weights are stored.
"""
import importlib.util
import json
from pathlib import Path

import numpy as np
import torch
from torchvision.models import GoogLeNet, ResNet
from torchvision.models.resnet import BasicBlock, Bottleneck

OUT = Path(__file__).resolve().parents[2] / "packages" / "backbones" / "test" / "golden" / "state-dicts.json"


WIDTH = 8


class Narrow(ResNet):
    """torchvision's own definition with 8 filters in place of 64, so that a test is quick."""

    def __setattr__(self, name, value):
        first = name == "inplanes" and "inplanes" not in self.__dict__
        super().__setattr__(name, WIDTH if first else value)

    def _make_layer(self, block, planes, *args, **kwargs):
        return super()._make_layer(block, planes * WIDTH // 64, *args, **kwargs)


def bn_inception():
    """The definition alone: the package's index imports what it does not need."""
    folder = Path(importlib.util.find_spec("pretrainedmodels").submodule_search_locations[0])
    spec = importlib.util.spec_from_file_location("bninception", folder / "models" / "bninception.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.BNInception(num_classes=1000)


def uniform(count, tensor):
    """In [-1, 1): a hash of the place of a value and of its tensor, in 32-bit integers."""
    with np.errstate(over="ignore"):
        h = np.arange(count, dtype=np.uint32) * np.uint32(2654435761) + np.uint32(tensor * 40503 + 12345)
        h = (h ^ (h >> np.uint32(15))) * np.uint32(739982445)
        h = (h ^ (h >> np.uint32(12))) * np.uint32(695872825)
        h ^= h >> np.uint32(15)
    return h.astype(np.float64) / 2**31 - 1


def fill(model):
    state = model.state_dict()
    for at, (name, value) in enumerate(state.items()):
        if value.dtype == torch.int64:
            continue
        u = uniform(value.numel(), at)
        if name.endswith("running_var"):
            u = 1 + 0.3 * u
        elif value.dim() > 1:
            u = u * np.sqrt(6 / (value.numel() / value.shape[0]))
        else:
            u = (1 if norm_weight(name, state) else 0) + 0.1 * u
        state[name] = torch.from_numpy(u.reshape(value.shape)).float()
    model.load_state_dict(state)
    return state


def norm_weight(name, state):
    return name.endswith(".weight") and name.removesuffix("weight") + "running_mean" in state


def entry(name, model, features, side):
    model.eval()
    state = fill(model)
    image = torch.from_numpy(uniform(3 * side * side, 9999).reshape(1, side, side, 3)).float()
    with torch.no_grad():
        embedding = features(model, image.permute(0, 3, 1, 2))
    return {
        "name": name, "side": side,
        "stateDict": [[n, list(v.shape)] for n, v in state.items()],
        "embedding": [float(f"{v:.6g}") for v in embedding.reshape(-1).tolist()],
    }


def before_fc(model, x):
    model.fc = torch.nn.Identity()
    return model(x)


def pooled(model, x):
    return model.features(x).mean((2, 3))


cases = [
    entry("resnet50", Narrow(Bottleneck, [3, 4, 6, 3]), before_fc, 64),
    entry("resnet18", Narrow(BasicBlock, [2, 2, 2, 2]), before_fc, 33),
    entry("googlenet", GoogLeNet(aux_logits=False, init_weights=False), before_fc, 64),
    entry("bninception", bn_inception(), pooled, 64),
]
OUT.write_text(json.dumps({"source": "tools/golden/state-dicts.py, torchvision and pretrainedmodels", "cases": cases}) + "\n")
