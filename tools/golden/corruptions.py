"""Golden images of the corruptions that draw nothing, written anew after the definitions of make_cifar_c.py, and of ImageMagick's motion blur.

    python tools/golden/corruptions.py    (numpy, scipy, opencv, pillow, scikit-image; ImageMagick's `convert`)
"""

import base64
import io
import json
import subprocess
from pathlib import Path

import cv2
import numpy as np
import skimage.color
from PIL import Image
from scipy.ndimage import gaussian_filter, zoom

OUT = Path(__file__).parents[2] / "packages/data/test/golden/corruptions.json"
rng = np.random.default_rng(1)
smooth = gaussian_filter(rng.normal(size=(32, 32, 3)), (1.2, 1.2, 0))
image = np.uint8(255 * (smooth - smooth.min()) / (smooth.max() - smooth.min()))


def disk(radius, alias_blur):
    steps = np.arange(-8, 8 + 1)
    x, y = np.meshgrid(steps, steps)
    disc = np.array((x**2 + y**2) <= radius**2, dtype=np.float32)
    return cv2.GaussianBlur(disc / np.sum(disc), ksize=(3, 3), sigmaX=alias_blur)


def clipped_zoom(img, factor):
    h = img.shape[0]
    ch = int(np.ceil(h / factor))
    top = (h - ch) // 2
    img = zoom(img[top : top + ch, top : top + ch], (factor, factor, 1), order=1)
    trim = (img.shape[0] - h) // 2
    return img[trim : trim + h, trim : trim + h]


def defocus_blur(x, c):
    x = x / 255.0
    return np.clip(np.stack([cv2.filter2D(x[:, :, d], -1, disk(*c)) for d in range(3)], -1), 0, 1) * 255


def zoom_blur(x, factors):
    x = x / 255.0
    out = sum(clipped_zoom(x, factor) for factor in factors)
    return np.clip((x + out) / (len(factors) + 1), 0, 1) * 255


def brightness(x, c):
    x = skimage.color.rgb2hsv(x / 255.0)
    x[:, :, 2] = np.clip(x[:, :, 2] + c, 0, 1)
    return np.clip(skimage.color.hsv2rgb(x), 0, 1) * 255


def contrast(x, c):
    x = x / 255.0
    means = np.mean(x, axis=(0, 1), keepdims=True)
    return np.clip((x - means) * c + means, 0, 1) * 255


def pixelate(x, c):
    small = Image.fromarray(x).resize((int(32 * c), int(32 * c)), Image.BOX)
    return np.array(small.resize((32, 32), Image.BOX))


LEVELS = {
    "defocus_blur": (defocus_blur, [(0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (1, 0.2), (1.5, 0.1)]),
    "zoom_blur": (zoom_blur, [np.arange(1, end, 0.01) for end in (1.06, 1.11, 1.16, 1.21, 1.26)]),
    "brightness": (brightness, [0.05, 0.1, 0.15, 0.2, 0.3]),
    "contrast": (contrast, [0.75, 0.5, 0.4, 0.3, 0.15]),
    "pixelate": (pixelate, [0.95, 0.9, 0.85, 0.75, 0.65]),
}


def text(array):
    return base64.b64encode(np.uint8(array).tobytes()).decode()


def magick(radius, sigma, degrees):
    png = io.BytesIO()
    Image.fromarray(image).save(png, "PNG")
    done = subprocess.run(["convert", "png:-", "-motion-blur", f"{radius}x{sigma}+{degrees}", "png:-"], input=png.getvalue(), capture_output=True, check=True)
    return text(np.array(Image.open(io.BytesIO(done.stdout)).convert("RGB")))


MOTIONS = [(6, 1, 30), (6, 2, -45), (9, 2.5, 10), (12, 6, -100)]
golden = {
    "source": "written anew after the definitions of make_cifar_c.py (hendrycks/robustness), with numpy, scipy, OpenCV, Pillow; ImageMagick 6",
    "image": text(image),
    "cases": [
        {"name": name, "severity": s, "result": text(apply(image, levels[s - 1]))} for name, (apply, levels) in LEVELS.items() for s in (2, 4, 5)
    ],
    "motion": [{"radius": r, "sigma": s, "degrees": d, "result": magick(r, s, d)} for r, s, d in MOTIONS],
}
OUT.parent.mkdir(exist_ok=True)
OUT.write_text(json.dumps(golden, indent=1) + "\n")
