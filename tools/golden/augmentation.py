"""Golden values of the augmentations: torchvision on floating-point images, with given crops and factors.

    python tools/golden/augmentation.py    (numpy, torch, torchvision)
"""

import json
from pathlib import Path

import numpy as np
import torch
from golden_file import compact, rounded
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

OUT = Path(__file__).parents[2] / "packages/data/test/golden/augmentation.json"
H, W = 5, 6
image = torch.tensor(np.random.default_rng(0).integers(0, 256, (3, H, W)) / 255, dtype=torch.float64)
image[:, 0, 0] = 0.25  # grey: no hue
image[:, 0, 1] = torch.tensor([1.0, 1.0, 0.0])  # two largest channels


def values(tensor):
    return tensor.permute(1, 2, 0).flatten().tolist()


def crop(top, left, height, width):
    result = F.resized_crop(image, top, left, height, width, [H, W], InterpolationMode.BILINEAR, antialias=False)
    return {"box": {"top": top, "left": left, "height": height, "width": width}, "result": values(result)}


cases = {
    "source": f"torchvision {__import__('torchvision').__version__}, functional transforms on float64 images",
    "shape": {"height": H, "width": W, "channels": 3},
    "image": values(image),
    "crops": [crop(*box) for box in [(0, 0, H, W), (1, 2, 3, 4), (2, 0, 1, 5), (0, 3, 5, 2), (4, 5, 1, 1)]],
    "changes": [
        {"change": name, "factor": factor, "result": values(apply(image, factor))}
        for name, apply, factors in [
            ("changeBrightness", F.adjust_brightness, (0.6, 1.4)),
            ("changeContrast", F.adjust_contrast, (0.6, 1.4)),
            ("changeSaturation", F.adjust_saturation, (0.0, 0.6, 1.4)),
            ("changeHue", F.adjust_hue, (-0.1, 0.07, 0.5)),
        ]
        for factor in factors
    ],
}
OUT.parent.mkdir(exist_ok=True)
OUT.write_text(compact(json.dumps(rounded(cases), indent=1)) + "\n")
