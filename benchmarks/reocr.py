"""Read true text again: print it on a noisy page, let Tesseract read it, and see what the proofreader repairs.

    python benchmarks/reocr.py make OUT.jsonl TEXT … [--limit N] [--seed S] [--wear W] [--face FILE …]
                                                              # needs tesseract with chi_sim, Pillow and numpy
    python benchmarks/reocr.py score OUT.jsonl [-v]                           # precision and recall of applied and suggested
    python benchmarks/reocr.py score OUT.jsonl --pycorrector PYTHON [--counts TEXT]       # pycorrector beside it

TEXT is one of ours (a paragraph a line) or an annotated page (`paragraph<TAB>…`).  One line of OUT.jsonl a paragraph: the
truth, what was read, and the confidence (0..1) Tesseract gives each character.  Faces, size, blur, grain, weight and slope
are drawn at random from the seed, as a mixed archive has them; `--wear` fixes how worn the print is, `--face` adds faces.
`score` says it for the paragraphs alone and with an archive made of the other paragraphs as they were read.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import os
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from convert.issue import Article, Block, Issue, Role
from convert.ledger import Edit
from convert.options import ParseOptions
from convert.proofread import proofread
from convert.proofread.model import Model
from convert.source import Line, Source, Span, Word

CJK = Path("/usr/share/fonts/opentype/noto")
FACES = ("NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf", "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc")
"""Two of the wheel, two of Debian's fonts-noto-cjk (left out where that is not installed)."""
WEAR: dict[str, tuple[tuple[int, ...], tuple[float, float], tuple[float, float]]] = {
    "fair": ((20, 22, 24), (0.3, 0.5), (4, 9)),
    "worn": ((15, 16, 17, 18, 20), (0.4, 0.65), (8, 15)),
    "poor": ((13, 14, 15), (0.5, 0.75), (10, 18)),
}
"""How worn the print is: heights in pixels, blur and grain.  At 300 dpi nine-point type is 37 pixels high: `fair` is a scan at
about 180 dpi, `worn` at 140, `poor` at 110."""
WIDTH = 26
"""Characters a line."""
PARAGRAPHS = 20
"""Paragraphs of one issue, where the others are its archive."""
BANDS = (0.98, 0.9, 0.75, 0.6, 0.4, 0.0)
"""Lower ends of the bands in which confidence is compared with how often it was right."""


def page(text: str, rng: random.Random, wear: str = "", more: tuple[Path, ...] = ()) -> bytes:
    """A PNG of the text in lines of 26 characters: reduced, blurred, turned, with grain, and enlarged twice.

    `wear` is a key of `WEAR` (a blank one: any), `more` names typefaces beside `FACES`.
    """
    import numpy as np
    import pylopdf_fonts_zh_cn
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    faces = [face for face in FACES if face.endswith("otf") or (CJK / face).exists()]
    sizes, blurs, grains = WEAR[wear or rng.choice(tuple(WEAR))]
    face, pixels = rng.choice([*faces, *map(str, more)]), rng.choice(sizes)
    blur, noise, slope = rng.uniform(*blurs), rng.uniform(*grains), rng.uniform(-0.5, 0.5)
    lines = [text[at:at + WIDTH] for at in range(0, len(text), WIDTH)]
    sheet = Image.new("L", (40 * WIDTH + 80, 54 * len(lines) + 80), 255)
    with as_file(files(pylopdf_fonts_zh_cn) / FACES[0]) as known:
        path = Path(face) if "/" in face else CJK / face if face.endswith("ttc") else known.with_name(face)
        font = ImageFont.truetype(str(path), 40, index=2 if path.parent == CJK else 0)
        pen = ImageDraw.Draw(sheet)
        for row, line in enumerate(lines):
            for column, character in enumerate(line):
                pen.text((40 + 40 * column, 30 + 54 * row), character, fill=0, font=font)
    sheet = sheet.rotate(slope, Image.Resampling.BICUBIC, fillcolor=255)
    size = (sheet.width * pixels // 40, sheet.height * pixels // 40)
    small = sheet.resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(blur))
    grain = np.random.default_rng(rng.getrandbits(32)).normal(0, noise, (small.height, small.width))
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


def paragraphs(paths: list[Path]) -> Iterator[str]:
    """Paragraphs of 60 to 400 characters of the files."""
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            if path.suffix == ".tsv":
                role, _, line = line.partition("\t")
                line = line if role == "paragraph" else ""
            line = line.replace(" ", "").replace("\u3000", "")
            if 60 <= len(line) <= 700 and not line.startswith("#"):
                yield line


def make(out: Path, texts: list[Path], limit: int, seed: int, wear: str = "", more: tuple[Path, ...] = ()) -> None:
    """Print and read the paragraphs, or `limit` of them drawn at random."""
    rng = random.Random(seed)
    chosen = list(paragraphs(texts))
    if limit:
        chosen = rng.sample(chosen, min(limit, len(chosen)))
    with out.open("w", encoding="utf-8") as sink:
        for truth in chosen:
            sink.write(json.dumps([truth, *read(page(truth, rng, wear, more))], ensure_ascii=False) + "\n")
            sink.flush()


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


def extras(truth: str, text: str) -> set[int]:
    """Offsets of Han characters read where nothing was printed."""
    from rapidfuzz.distance import Levenshtein

    found = Levenshtein.opcodes(text, truth).as_list()
    return {a for kind, a, b, _, _ in found if kind == "delete" and b - a == 1 and text[a] >= "\u4e00"}


def readings(path: Path) -> list[tuple[str, str, list[float]]]:
    """Truth, reading and confidences of each paragraph; the file may be gzip'd."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [tuple(json.loads(line)) for line in text.splitlines()]


def archive_of(text: Path, rows: list[tuple[str, str, list[float]]]) -> Model:
    """A model of a text without the paragraphs that were read."""
    known, blank = {truth for truth, _, _ in rows}, str.maketrans("", "", " \u3000")
    return Model.of(line for line in text.read_text("utf-8").splitlines() if line.translate(blank) not in known)


def score(path: Path, doubts: bool, archive: bool, verbose: bool = False, larger: Path | None = None) -> None:
    """Print how many slips were applied and suggested rightly, how much was said of right text, and how well calibrated.

    The archive is what was read, each issue left out for itself, or, `larger`, a text without the paragraphs at hand.
    """
    rows = readings(path)
    parts = [rows[at:at + PARAGRAPHS] for at in range(0, len(rows), PARAGRAPHS)] if archive else [rows]
    if larger:
        with tempfile.NamedTemporaryFile(suffix=".model") as file:
            archive_of(larger, rows).save(file.name)
            _score(path.name, parts, doubts, ParseOptions(model=Path(file.name)), verbose)
    else:
        model = Model.of(text for _, text, _ in rows) if archive else None
        _score(path.name, parts, doubts, ParseOptions(batch_model=model), verbose)


def _score(
    name: str, parts: list[list[tuple[str, str, list[float]]]], doubts: bool, options: ParseOptions, verbose: bool
) -> None:
    tally: Counter[tuple[bool, bool]] = Counter()
    bands: Counter[tuple[float, bool]] = Counter()
    characters = slipped = fixed = 0
    for part in parts:
        issue = proofread(issue_of(part, doubts), options)
        truth: dict[int, str] = {}
        for (right, text, _), block in zip(part, issue.articles[0].blocks, strict=True):
            truth |= {block.spans[0].start + at: character for at, character in slips(right, text).items()}
        source = issue.sources[0].text
        starts = [(block.spans[0].start, row[0]) for row, block in zip(part, issue.articles[0].blocks, strict=True)]
        characters += len(source)
        slipped += len(truth)
        for edit in issue.edits:
            start, paragraph = next((s, p) for s, p in reversed(starts) if s <= edit.start)
            good = _right(edit, truth, source, paragraph, start)
            fixed += sum(truth.get(at) == after for at, _, after in _changed(edit))
            tally[edit.effective, good] += 1
            bands[next(bar for bar in BANDS if edit.confidence >= bar), good] += 1
            if verbose and not good:
                before, after = source[max(0, edit.start - 6):edit.start], source[edit.end:edit.end + 6]
                shown = f"{before}[{edit.before}→{edit.after}]{after}".replace("\n", "|")
                was = [truth.get(n) for n in range(edit.start, edit.end)]
                print(" ", edit.status.value, edit.rule, edit.confidence, shown, was)
    said = sum(tally.values())
    archive = "with a larger archive" if options.model else "with archive" if options.batch_model else "alone"
    print(f"{name}, confidences {'used' if doubts else 'not used'}, {archive}: "
          f"{characters} characters, {slipped} slips; applied {tally[True, True]} right {tally[True, False]} wrong; "
          f"suggested {tally[False, True]} right {tally[False, False]} wrong; "
          f"precision {(tally[True, True] + tally[False, True]) / max(1, said):.2f}, recall {fixed / max(1, slipped):.2f}")
    print("  by confidence:", ", ".join(f"{bar}+ {bands[bar, True]} of {bands[bar, True] + bands[bar, False]}" for bar in BANDS))


def peer(path: Path, python: str, counts: Path | None, limit: int) -> None:
    """Print the same of pycorrector's correctors: Han characters it changes, and how many of them to what was printed."""
    import time

    from benchmarks.peer_pycorrector import ask

    rows = readings(path)[:limit or None]
    texts = [text for _, text, _ in rows]
    start = time.monotonic()
    for name, made in ask(python, texts, counts).items():
        if isinstance(made, str):
            print(f"{name}: none ({made})")
            continue
        said = right = total = 0
        for (truth, text, _), target in zip(rows, made, strict=True):
            true = slips(truth, text)
            total += len(true)
            if len(target) == len(text):
                changed = [at for at in range(len(text)) if text[at] != target[at]]
                said += len(changed)
                right += sum(true.get(at) == target[at] for at in changed)
        print(f"{name}: {right} of {said} changes right = {right / max(1, said):.2f}, recall {right / max(1, total):.2f}")
    print(f"{sum(map(len, texts))} characters in {time.monotonic() - start:.0f} s, all correctors and their start together")


def _changed(edit: Edit) -> list[tuple[int, str, str]]:
    """Offset, old and new character of each place a row of equal length changes."""
    if len(edit.before) != len(edit.after):
        return []
    pairs = enumerate(zip(edit.before, edit.after, strict=True))
    return [(edit.start + n, before, after) for n, (before, after) in pairs if before != after]


def _right(edit: Edit, truth: dict[int, str], source: str, paragraph: str, start: int) -> bool:
    """Whether all it changes is as the truth has it; where lengths differ, whether the paragraph comes nearer to the truth."""
    changed = _changed(edit)
    if changed and all(at in truth for at, *_ in changed):
        return all(truth[at] == after for at, _, after in changed)
    from rapidfuzz.distance import Levenshtein

    end = source.index("\n", start)
    new = source[start:edit.start] + edit.after + source[edit.end:end]
    return Levenshtein.distance(new, paragraph) < Levenshtein.distance(source[start:end], paragraph)


def main() -> None:
    """Make or score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("out", type=Path)
    making.add_argument("texts", type=Path, nargs="+")
    making.add_argument("--limit", type=int, default=0, help="paragraphs, drawn at random")
    making.add_argument("--seed", type=int, default=1)
    making.add_argument("--wear", choices=tuple(WEAR), default="", help="how worn the print is (default: any)")
    making.add_argument("--face", type=Path, action="append", default=[], help="a typeface beside the usual ones")
    scoring = commands.add_parser("score")
    scoring.add_argument("readings", type=Path)
    scoring.add_argument("-v", "--verbose", action="store_true")
    scoring.add_argument("--archive", type=Path, help="text whose other paragraphs are a larger archive")
    scoring.add_argument("--pycorrector", help="interpreter of an environment with pycorrector (peer_pycorrector.py)")
    scoring.add_argument("--counts", type=Path, help="text its character 3-gram is counted over")
    scoring.add_argument("--limit", type=int, default=0, help="paragraphs the peer is asked about (default: all)")
    options = parser.parse_args()
    if options.command == "make":
        make(options.out, options.texts, options.limit, options.seed, options.wear, tuple(options.face))
    elif options.pycorrector:
        peer(options.readings, options.pycorrector, options.counts, options.limit)
    else:
        for archive in (False, True):
            for doubts in (False, True):
                score(options.readings, doubts, archive, options.verbose)
        if options.archive:
            score(options.readings, True, True, options.verbose, options.archive)


if __name__ == "__main__":
    main()
