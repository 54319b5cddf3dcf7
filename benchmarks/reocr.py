"""Read true text again: print it on a noisy page, let Tesseract read it, and see what the proofreader repairs.

    python benchmarks/reocr.py make OUT.jsonl GOLD.tsv …     # needs tesseract with chi_sim, Pillow and numpy
    python benchmarks/reocr.py score OUT.jsonl               # precision and recall of what is applied and suggested

One line of OUT.jsonl a paragraph: the truth, what was read, and the confidence (0..1) Tesseract gives each character.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from convert.issue import Article, Block, Issue, Role
from convert.options import ParseOptions
from convert.proofread import proofread
from convert.source import Line, Source, Span, Word

SETTINGS = (("Serif", 18, 0.5, 10.0), ("Sans", 18, 0.6, 12.0), ("Serif", 16, 0.5, 14.0), ("Sans", 16, 0.5, 12.0))
"""Face, pixels a character, blur, noise: a page scanned at 120 to 150 dpi."""
WIDTH = 26


def page(text: str, number: int) -> bytes:
    """A PNG of the text in lines of 26 characters, reduced, blurred, with noise, and enlarged twice."""
    import numpy as np
    import pylopdf_fonts_zh_cn
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    face, pixels, blur, noise = SETTINGS[number % len(SETTINGS)]
    lines = [text[at:at + WIDTH] for at in range(0, len(text), WIDTH)]
    sheet = Image.new("L", (40 * WIDTH + 80, 54 * len(lines) + 80), 255)
    with as_file(files(pylopdf_fonts_zh_cn) / f"Noto{face}SC-Regular.otf") as path:
        font = ImageFont.truetype(str(path), 40)
        pen = ImageDraw.Draw(sheet)
        for row, line in enumerate(lines):
            for column, character in enumerate(line):
                pen.text((40 + 40 * column, 30 + 54 * row), character, fill=0, font=font)
    size = (sheet.width * pixels // 40, sheet.height * pixels // 40)
    small = sheet.resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(blur))
    grain = np.random.default_rng(number).normal(0, noise, (small.height, small.width))
    noisy = Image.fromarray(np.clip(np.asarray(small, float) + grain, 0, 255).astype("uint8"))
    sink = io.BytesIO()
    noisy.resize((noisy.width * 2, noisy.height * 2), Image.Resampling.BICUBIC).save(sink, "PNG")
    return sink.getvalue()


def read(png: bytes) -> tuple[str, list[float]]:
    """What Tesseract reads, and its confidence a character."""
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(png)
        file.flush()
        command = ["tesseract", file.name, "-", "-l", "chi_sim", "--psm", "6", "tsv"]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        out = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    text, confidence = "", []
    for row in csv.DictReader(io.StringIO(out), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row["text"] or "").replace(" ", "")
        if word:
            text += word
            confidence += [max(0.0, float(row["conf"])) / 100] * len(word)
    return text, confidence


def make(out: Path, golds: list[Path]) -> None:
    """Print and read every paragraph of 60 characters and more."""
    with out.open("w", encoding="utf-8") as sink:
        number = 0
        for gold in golds:
            for line in gold.read_text("utf-8").splitlines():
                truth = line.partition("\t")[2].replace(" ", "")
                if line.startswith("paragraph") and 60 <= len(truth) <= 700:
                    text, confidence = read(page(truth, number))
                    sink.write(json.dumps([truth, text, confidence], ensure_ascii=False) + "\n")
                    sink.flush()
                    number += 1


def issue_of(rows: list[tuple[str, str, list[float]]], doubts: bool) -> Issue:
    """The readings as one issue, a paragraph each, with the confidences where wanted."""
    text, lines, blocks = "", [], []
    for number, (_, read_text, confidence) in enumerate(rows, 1):
        start = len(text)
        words = tuple(Word(start + n, start + n + 1, c) for n, c in enumerate(confidence)) if doubts else ()
        lines.append(Line(number, start, start + len(read_text), words=words))
        blocks.append(Block(f"b{number}", Role.PARAGRAPH, read_text, (Span(0, start, start + len(read_text)),)))
        text += read_text + "\n"
    return Issue((Source("reocr", text, lines=tuple(lines)),), "zh-Hans", articles=(Article("a1", tuple(blocks)),))


def slips(truth: str, text: str) -> dict[int, str]:
    """Han characters read for others: offset in the reading, and the true one."""
    from rapidfuzz.distance import Levenshtein

    found: dict[int, str] = {}
    for kind, a, b, c, d in Levenshtein.opcodes(text, truth).as_list():
        if kind == "replace" and b - a == d - c:
            found |= {a + n: truth[c + n] for n in range(b - a) if min(text[a + n], truth[c + n]) >= "\u4e00"}
    return found


def score(path: Path, doubts: bool, verbose: bool = False) -> None:
    """Print how many slips were applied and suggested rightly, and how much was said of right text."""
    rows = [tuple(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    issue = proofread(issue_of(rows, doubts), ParseOptions())
    truth: dict[int, str] = {}
    for (right, text, _), block in zip(rows, issue.articles[0].blocks, strict=True):
        truth |= {block.spans[0].start + at: character for at, character in slips(right, text).items()}
    tally = {True: [0, 0], False: [0, 0]}
    source = issue.sources[0].text
    fixed: set[int] = set()
    for edit in issue.edits:
        if len(edit.before) == len(edit.after):
            changed = [(edit.start + n, a) for n, (b, a) in enumerate(zip(edit.before, edit.after, strict=True)) if a != b]
            right = all(truth.get(at) == after for at, after in changed)
            fixed |= {at for at, after in changed if truth.get(at) == after}
        else:
            right = False
        tally[edit.effective][not right] += 1
        if verbose and not right:
            around = source[max(0, edit.start - 6):edit.start] + f"[{edit.before}→{edit.after}]" + source[edit.end:edit.end + 6]
            print(" ", edit.status.value, edit.rule, edit.confidence, around, [truth.get(n) for n in range(edit.start, edit.end)])
    applied, suggested = tally[True], tally[False]
    print(f"{path.name}, confidences {'used' if doubts else 'not used'}: {len(source)} characters, {len(truth)} slips; "
          f"applied {applied[0]} right {applied[1]} wrong; suggested {suggested[0]} right {suggested[1]} wrong; "
          f"precision {(applied[0] + suggested[0]) / max(1, sum(applied) + sum(suggested)):.2f}, "
          f"recall {len(fixed) / max(1, len(truth)):.2f}")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
    else:
        for used in (False, True):
            score(Path(sys.argv[2]), used, "-v" in sys.argv)
