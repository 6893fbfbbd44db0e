"""Golden draws of the seeded streams: xoroshiro128+ after Blackman and Vigna, https://prng.di.unimi.it/xoroshiro128plus.c,
seeded with the first 128 bits of the SHA-256 of a JSON list. Shares no code with packages/engine/src/seeds.ts.

    python3 tools/golden/seeds.py > packages/engine/test/golden/seeds.json
"""

import hashlib
import json
import math
import struct

MASK = (1 << 64) - 1


def rotate(x, by):
    return ((x << by) | (x >> (64 - by))) & MASK


def stream(key):
    digest = hashlib.sha256(json.dumps(key, separators=(",", ":")).encode()).digest()
    words = struct.unpack("<4I", digest[:16])
    s0, s1 = (words[0] << 32) | words[1], (words[2] << 32) | words[3]
    while True:
        yield (s0 + s1) & 0xFFFFFFFF  # the low half
        mixed = s0 ^ s1
        s0 = rotate(s0, 24) ^ mixed ^ ((mixed << 16) & MASK)
        s1 = rotate(mixed, 37)


def uniforms(key):
    bits = stream(key)
    while True:
        high, low = next(bits) & (2**26 - 1), next(bits) & (2**27 - 1)
        yield high * 2.0**-26 + low * 2.0**-53


def normals(key):
    draws = uniforms(key)
    while True:
        radius = math.sqrt(-2 * math.log(1 - next(draws)))
        angle = 2 * math.pi * next(draws)
        yield radius * math.cos(angle)
        yield radius * math.sin(angle)


def first(draws, count=5):
    return [next(draws) for _ in range(count)]


KEYS = [[0, "initial-weights"], [7, "batch-order", "epoch", 3], [-1, "augmentation", 0.5]]
cases = [
    {"seed": key[0], "name": key[1], "key": key[2:], "uniform": first(uniforms(key)), "normal": first(normals(key))}
    for key in KEYS
]
print(json.dumps({"source": "tools/golden/seeds.py, float64, xoroshiro128+ of the authors' C code", "cases": cases}, indent=2))
