"""Writes generated golden files of losses: one form for all of them."""

import json
import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "packages/core-losses/test/golden"


def write_golden(name, source, cases):
    text = json.dumps({"source": source, "cases": [rounded(c) for c in cases]}, indent=1)
    (FOLDER / f"{name}-generated.json").write_text(compact(text) + "\n")


def rounded(value):
    if isinstance(value, float):
        return round(value, 12)
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return {k: rounded(v) for k, v in value.items()} if isinstance(value, dict) else value


def compact(text):
    """Innermost lists on one line."""
    return re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m.group(1)) + "]", text)
