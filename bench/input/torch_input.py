"""The input of ours.ts by PyTorch's DataLoader and Pillow: same files, crop, scale, normalisation and batch."""
import json
import os
import sys
import time

import numpy as np
import PIL
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

WARM_UP = 256


class Folder(Dataset):
    """What torchvision's ImageFolder, Resize, CenterCrop and ToTensor do with Pillow, without the rest."""

    def __init__(self, root, settings):
        self.root, self.settings = root, settings

    def __len__(self):
        return self.settings["images"]

    def __getitem__(self, at):
        side = self.settings["side"]
        with open(f"{self.root}/{at}.{self.settings['format']}", "rb") as file:
            image = Image.open(file).convert("RGB")
        width, height = image.size
        kept = min(width, height)
        left, top = (width - kept) // 2, (height - kept) // 2
        image = image.resize((side, side), Image.BILINEAR, box=(left, top, left + kept, top + kept))
        pixels = torch.from_numpy(np.array(image)).permute(2, 0, 1)
        return pixels.float().sub_(127.5).div_(128), 0


def main(settings):
    torch.set_num_threads(1)
    loader = DataLoader(Folder(settings["folder"], settings), batch_size=settings["batch"], num_workers=settings["workers"])
    start, started_at, read = None, 0, 0
    for images, _ in loader:
        read += len(images)
        if start is None and read >= WARM_UP:
            start, started_at = time.perf_counter(), read
    milliseconds = 1e6 * (time.perf_counter() - start) / (read - started_at)
    print(json.dumps({"milliseconds": [milliseconds], "versions": [f"PyTorch {torch.__version__.split('+')[0]}", f"Pillow {PIL.__version__}"]}))


main(json.loads(sys.argv[1]))
