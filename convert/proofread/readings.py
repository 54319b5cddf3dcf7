"""What Tesseract is known to read for which character: counted on our own prints (tools/build_misread.py)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

ONCE, AGAIN, MOST = 0.4, 0.1, 0.7
"""Likeness of a pair seen once, what each further time adds, and the most: as alike as 未 and 末."""


@cache
def readings() -> Mapping[str, Mapping[str, int]]:
    """For each character what was printed where it was read, and how often, the most frequent first (data/misread.txt)."""
    table: dict[str, dict[str, int]] = {}
    for line in files(__package__).joinpath("data/misread.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            read, *printed = line.split(" ")
            table[read] = {entry[0]: int(entry[1:]) for entry in printed}
    return table


@cache
def invented() -> Mapping[str, int]:
    """Characters read where nothing was printed, at the ends of lines mostly, and how often (data/invented.txt)."""
    lines = files(__package__).joinpath("data/invented.txt").read_text("utf-8").splitlines()
    return {line[0]: int(line[1:]) for line in lines if not line.startswith("#")}


def likeness(times: int) -> float:
    """How alike, 0..1, a pair counts that was misread so many times."""
    return min(MOST, ONCE + AGAIN * (times - 1))
