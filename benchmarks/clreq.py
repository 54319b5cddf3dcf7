"""Faults of Chinese typesetting in any PDF, counted per 1,000 body lines: `python -m benchmarks.clreq PDF --src TSV`.

The TSV has `role<TAB>text` lines; role `p` marks body paragraphs, `h` headings.  Glyph places come from MuPDF's text
trace (true origins and advances), never from its guess at lines.  Lines are found by baseline, columns by the gutters
that body lines leave empty, and each line is then looked up in the text, so that "first line", "last line" and "broken
word" are known, not guessed.  Vertical pages are turned into the same frame: along the line, across the lines.

Rules: W3C CLREQ (line-start and line-end prohibition, adjacent marks, mixed text), GB/T 15834-2011 5.1.10 (marks at
line ends take half a width).  `tests/typeset/test_clreq.py` plants each fault and sees it found.
"""

from __future__ import annotations

import argparse
import bisect
import json
import re
import statistics
import subprocess
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

OPEN = set("（《〈「『“‘【〔〖［｛﹁﹃︵︿︽")
CLOSE = set("）》〉」』”’】〕〗］｝﹂﹄︶﹀︾")
PAUSE, STOP, MIDDLE = set("，、；：︐︑︔︓"), set("。．！？︒"), set("·‧・")
MARKS = OPEN | CLOSE | PAUSE | STOP
TRIMMED = MARKS | MIDDLE
"""Marks that may stand at a line end without their outer blank."""
NO_START = CLOSE | PAUSE | STOP | MIDDLE | set("%％℃‰!?,.;:)]}")
NO_END = OPEN | set("$¥￥€£([{")
HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
LATIN = re.compile("[A-Za-z0-9]")
ASCENT = 0.88
"""The top of the em box above the baseline, in em: where vertical glyphs hang (the default of /DW2)."""
CENTRE = 0.38
"""The middle of the em box above the baseline, in em."""

HARD = (
    "prohibited_start", "prohibited_end", "ragged_right", "uncompressed_pair", "line_end_punct_fullwidth",
    "line_start_open_fullwidth", "broken_dash_ellipsis", "broken_latin_or_number", "single_char_last_line",
    "missing_cjk_latin_gap", "missing_indent",
)
"""The rules whose sum has to be nought."""


@dataclass(slots=True)
class Mark:
    """A drawn character: `along` the line, `across` the lines, its advance and size, points."""

    text: str
    along: float
    across: float
    advance: float
    size: float

    @property
    def first(self) -> str:
        return self.text[0]

    @property
    def last(self) -> str:
        return self.text[-1]

    @property
    def tail(self) -> float:
        """Where the ink of the character ends, roughly: half-way for a mark."""
        return self.along + (self.advance * 0.55 if self.last in MARKS else self.advance)


@dataclass(slots=True)
class Line:
    """Marks on one line of one column, and the piece of the source it is."""

    page: int
    column: int
    marks: list[Mark]
    text: str
    start: int
    end: int
    role: str | None = None
    paragraph: int = -1
    first: bool = False
    last: bool = False
    left: float = 0.0
    right: float | None = None

    @property
    def across(self) -> float:
        return self.marks[0].across


@dataclass
class Findings:
    """Counts by rule, and a few places where each was found."""

    counts: Counter[str] = field(default_factory=Counter)
    places: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, rule: str, place: str) -> None:
        self.counts[rule] += 1
        self.places[rule].append(place)


def is_han(character: str) -> bool:
    """Whether it is a Han character."""
    return bool(HAN.match(character))


def _plain(character: str) -> str:
    odd = "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff"
    return unicodedata.normalize("NFKC", character) if odd else character


# -- reading the page ---------------------------------------------------------------------------------------------------


def page_marks(page: Any, vertical: bool) -> tuple[list[Mark], int]:
    """The characters of a page, and how many have no glyph."""
    found: list[Mark] = []
    missing = 0
    for span in page.get_texttrace():
        turned = abs(span["dir"][1]) > 0.9
        upright = span["wmode"] == 1
        beside = vertical and not turned and not upright
        if beside and len(span["chars"]) > 3:
            continue  # a running head or folio: horizontal lines are not what is measured here
        run: Mark | None = None
        for code, glyph, (x, y), (x0, y0, x1, y1) in span["chars"]:
            character = chr(code) if code > 0 else "\ufffd"
            if glyph == -1 and found:
                found[-1].text += character if code > 0 else found[-1].last
                if upright:
                    # A dash of two em hangs from half an em higher up (its own vertical origin).
                    found[-1].advance = len(found[-1].text) * span["size"]
                    found[-1].along -= 0.5 * span["size"]
                continue
            if character.isspace() or character in "\u00a0\u200b\ufeff":
                continue
            if glyph == 0 or character == "\ufffd":
                missing += 1
            size = span["size"]
            if upright:
                mark = Mark(character, y - ASCENT * size, -(x + size / 2), size, size)
            elif turned and vertical:
                mark = Mark(character, y, -(x + CENTRE * size), y1 - y0, size)
            elif beside:
                if run is not None:
                    run.text += character
                    run.across = -(-run.across * 2 + (x1 - x0)) / 2
                    continue
                run = mark = Mark(character, y - ASCENT * size, -(x0 + x1) / 2, size, size)
            else:
                mark = Mark(character, x, y, x1 - x0, size)
            found.append(mark)
    return found, missing


def _rows(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks on one baseline, in order."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda m: (round(m.across, 1), m.along)):
        for row in rows[-8:]:
            if abs(row[0].across - mark.across) < 0.28 * max(mark.size, row[0].size):
                row.append(mark)
                break
        else:
            rows.append([mark])
    for row in rows:
        row.sort(key=lambda m: m.along)
    return rows


def _gutters(rows: list[list[Mark]], body: float) -> list[tuple[float, float]]:
    """Stretches that hardly any body line of the page crosses."""
    big = [row for row in rows if abs(statistics.median(mark.size for mark in row) - body) < 0.3]
    if len(big) < 4:
        return []
    widest = 0.4 if len(big) >= 10 else 1.2  # a few lines may leave narrower gaps by chance
    low = min(mark.along for row in big for mark in row)
    high = max(mark.tail for row in big for mark in row)
    count = int((high - low) * 2) + 2
    cover = [0] * count
    for row in big:
        hit: set[int] = set()
        for mark in row:
            start = mark.along + (mark.advance * 0.5 if mark.first in OPEN else 0)
            hit.update(range(max(0, int((start - low) * 2)), min(count, int((mark.tail - low) * 2) + 1)))
        for place in hit:
            cover[place] += 1
    found: list[tuple[float, float]] = []
    at = 0
    few = 0.03 * len(big)
    while at < count:
        if cover[at] > few:
            at += 1
            continue
        until = at
        while until < count and cover[until] <= few:
            until += 1
        if (until - at) / 2 > widest * body and 0.08 < at / count < 0.92:
            found.append((low + at / 2, low + until / 2))
        at = until
    return found


def _segments(rows: list[list[Mark]], gutters: list[tuple[float, float]]) -> list[list[Mark]]:
    """Rows cut at the gutters, and at gaps of more than four em."""
    found: list[list[Mark]] = []
    for row in rows:
        here = [row[0]]
        for mark in row[1:]:
            before, start = here[-1].tail, mark.along
            wide = start - (here[-1].along + here[-1].advance) > 4 * mark.size
            cut = start - before > 0.35 * mark.size and any(before <= (a + b) / 2 <= start for a, b in gutters)
            if wide or cut:
                found.append(here)
                here = []
            here.append(mark)
        found.append(here)
    return found


def _columns(segments: list[list[Mark]], body: float) -> list[list[float]]:
    found: list[list[float]] = []
    for segment in sorted((s for s in segments if abs(s[0].size - body) < 0.3 and len(s) > 6), key=lambda s: s[0].along):
        start, end = segment[0].along, segment[-1].along + segment[-1].advance
        for column in found:
            if min(end, column[1]) - max(start, column[0]) > 0.5 * min(end - start, column[1] - column[0]):
                column[0], column[1] = min(column[0], start), max(column[1], end)
                break
        else:
            found.append([start, end])
    return found


class Text:
    """The source: paragraphs run together without white space, and where each begins."""

    def __init__(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        self.paragraphs = list(paragraphs)
        self.starts: list[int] = []
        self.spaced: set[int] = set()
        parts: list[str] = []
        length = 0
        for _, text in self.paragraphs:
            self.starts.append(length)
            for word in re.split(r"(\s+)", text):
                if word.isspace():
                    self.spaced.add(length)
                else:
                    parts.append(word)
                    length += len(word)
        self.text = "".join(parts)
        self.ends = [*self.starts[1:], length]

    def find(self, line: str, near: int) -> int:
        """Where `line` stands, looked for from `near` on first."""
        text = self.text
        at = near if text.startswith(line, near) else text.find(line, near, near + 2500)
        if at < 0:
            at = text.find(line, max(0, near - 400), near)
        if at < 0 and len(line) >= 5:
            at = text.find(line)
        if at < 0 and len(line) >= 12:
            head, tail = text.find(line[:6], max(0, near - 400)), text.find(line[-6:], max(0, near - 400))
            at = head if head >= 0 else (tail + 6 - len(line) if tail >= 0 else -1)
        return at


# -- the check ----------------------------------------------------------------------------------------------------------


def check(pdf: str | Path, paragraphs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Count the faults of a PDF that is to say `paragraphs` (role, text)."""
    import pymupdf

    source = Text(paragraphs)
    document = pymupdf.open(pdf)
    modes = Counter(span["wmode"] for page in document for span in page.get_texttrace() for _ in span["chars"])
    vertical = modes[1] > modes[0]
    pages: list[list[Mark]] = []
    missing = 0
    for page in document:
        marks, without = page_marks(page, vertical)
        missing += without
        pages.append(marks)
    body = Counter(round(mark.size, 1) for marks in pages for mark in marks).most_common(1)[0][0]
    lines = _lines(pages, body, source)
    mine = [line for line in lines if line.role == "p" and abs(line.marks[0].size - body) < 0.3]
    if not mine:
        return {"error": "no body line was found in the text", "pages": len(pages)}
    _edges(mine)
    findings = Findings()
    extra, pauses = _line_faults(mine, body, source, findings, vertical)
    _page_faults(lines, findings)
    return _report(pdf, document, source, mine, findings, extra, pauses, missing, body, vertical)


def _lines(pages: list[list[Mark]], body: float, source: Text) -> list[Line]:
    lines: list[Line] = []
    near = 0
    per_page = [_rows(marks) if marks else [] for marks in pages]
    found_gutters = [_gutters(rows, body) for rows in per_page]
    several = sum(map(bool, found_gutters)) * 2 > len(pages)
    usual = max(found_gutters, key=len, default=[]) if several else []
    for number, rows in enumerate(per_page):
        if not rows:
            continue
        segments = _segments(rows, found_gutters[number] or usual)
        columns = _columns(segments, body)

        def column_of(segment: list[Mark], columns: list[list[float]] = columns) -> int:
            start, end = segment[0].along, segment[-1].along + segment[-1].advance
            shared = [min(end, column[1]) - max(start, column[0]) for column in columns]
            return shared.index(max(shared)) if shared else 0

        order = sorted(segments, key=lambda s: (column_of(s), round(s[0].across), s[0].along))
        for segment in order:
            text = "".join(_plain(c) for mark in segment for c in mark.text)
            at = source.find(text, near)
            if at >= 0:
                near = at + len(text)
            line = Line(number, column_of(segment), segment, text, at, at + len(text) if at >= 0 else -1)
            if at >= 0:
                line.paragraph = bisect.bisect_right(source.starts, at) - 1
                line.role = source.paragraphs[line.paragraph][0]
                line.first = at == source.starts[line.paragraph]
                line.last = line.end == source.ends[line.paragraph]
            lines.append(line)
    _drop_furniture(lines)
    return lines


def _drop_furniture(lines: list[Line]) -> None:
    """Running heads and folios are no part of the text, even where the text says the same: they repeat in place."""

    def key(line: Line) -> tuple[int, str]:
        return round(line.across), "#" if line.text.strip("—-·").isdigit() else line.text

    seen = Counter(key(line) for line in lines)
    for line in lines:
        if (seen[key(line)] > 1 and line.role != "p") or (key(line)[1] == "#" and not line.first):
            line.role = None


def _ends_of(mark: Mark) -> set[float]:
    end = mark.along + mark.advance
    return {end, mark.along + mark.advance / 2, mark.along + mark.advance * 0.75, mark.along} if mark.last in TRIMMED else {end}


def _edges(lines: list[Line]) -> None:
    """The left and right edge of each column, by what most of its lines keep; columns repeat from page to page."""
    by_column: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        by_column[line.page, line.column].append(line)
    groups: defaultdict[int, list[list[Line]]] = defaultdict(list)
    lefts_of: list[tuple[float, bool, list[Line]]] = []
    for here in by_column.values():
        # A bracket's blank hangs out to the left: other lines show the edge, if there are any.
        inner = [line for line in here if not line.first]
        inner = [line for line in inner if line.marks[0].first not in OPEN] or inner
        starts = Counter(round(line.marks[0].along * 4) / 4 for line in inner)
        left = starts.most_common(1)[0][0] if starts else min(line.marks[0].along for line in here)
        lefts_of.append((left, bool(starts), here))
    sure = [left for left, known, _ in lefts_of if known]
    for left, known, here in lefts_of:
        if not known:
            # Only first lines here: the edge is that of a column elsewhere, up to three em to the left.
            size = here[0].marks[0].size
            left = max((other for other in sure if -1 < left - other < 3 * size), default=left)
        groups[round(left / 3)].append(here)
    for group in groups.values():
        rights: Counter[float] = Counter()
        lefts: Counter[float] = Counter()
        for here in group:
            for line in here:
                if not line.last:
                    rights.update(round(end * 4) / 4 for end in _ends_of(line.marks[-1]))
                if not line.first:
                    lefts[round(line.marks[0].along * 4) / 4] += 1
        right = rights.most_common(1)[0][0] if rights else None
        for here in group:
            for line in here:
                line.left = lefts.most_common(1)[0][0] if lefts else line.marks[0].along
                line.right = right


def _line_faults(
    lines: list[Line], em: float, source: Text, findings: Findings, vertical: bool
) -> tuple[list[float], list[float]]:
    """Faults a line shows by itself; mean extra gap of each filled line, width of each pause mark, in em."""
    extra: list[float] = []
    pauses: list[float] = []
    before: Line | None = None
    for line in lines:
        first, last = line.marks[0], line.marks[-1]
        if not line.first and first.first in NO_START and not re.match(r"\.[a-z]", line.text):
            findings.add("prohibited_start", line.text[:8])
        if not line.last and last.last in NO_END:
            findings.add("prohibited_end", line.text[-8:])
        if not line.last and line.right is not None:
            extra += _right_edge(line, em, source, findings, vertical)
        if first.first in OPEN and not line.first and first.advance > 0.9 * em and first.along - line.left > -0.2 * em:
            findings.add("line_start_open_fullwidth", line.text[:8])
        for a, b in pairwise(line.marks):
            _pair(a, b, em, findings, pauses, vertical)
        if line.first:
            findings.counts["first_lines"] += 1
            indent = (first.along - line.left) / em
            if first.first in OPEN and first.advance > 0.9 * em:
                indent += 0.5
            if not 1.4 < indent < 2.6:
                findings.add("missing_indent", f"{indent:.2f} {line.text[:6]}")
        if line.last and not line.first:
            kept = [c for mark in line.marks for c in mark.text if c not in MARKS and c not in "—…"]
            if len(kept) <= 1:
                findings.add("single_char_last_line", line.text)
        if before is not None and before.end == line.start:
            _broken(before, line, source, findings)
        before = line
    return extra, pauses


def _right_edge(line: Line, em: float, source: Text, findings: Findings, vertical: bool) -> list[float]:
    last, right = line.marks[-1], line.right
    assert right is not None
    end = last.along + last.advance
    reaches = last.along - 0.5 <= right <= end + 0.5 if last.last in TRIMMED else abs(end - right) <= 0.5
    if not reaches:
        findings.add("ragged_right", f"{end - right:.1f} {line.text[-6:]}")
    whole = vertical and last.last in "；：！？"  # they fill the em of a vertical line; fonts have no half form
    if last.last in MARKS and last.advance > 0.9 * em and abs(end - right) <= 0.2 * em and not whole:
        findings.add("line_end_punct_fullwidth", line.text[-4:])
    gaps = []
    at = line.start
    for a, b in pairwise(line.marks):
        at += len(a.text)
        if is_han(a.last) and is_han(b.first) and at not in source.spaced:
            gaps.append(b.along - (a.along + a.advance))
    if not gaps:
        return []
    mean = sum(gaps) / len(gaps) / em
    if mean > 0.1:
        findings.add("loose_lines", f"{mean:.2f} {line.text[:10]}")
    return [mean]


def _pair(a: Mark, b: Mark, em: float, findings: Findings, pauses: list[float], vertical: bool) -> None:
    if a.last in MARKS and b.first in MARKS and a.advance > 0.9 * em:
        findings.counts["pairs"] += 1
        whole = vertical and a.last in "；：！？"
        if b.along - a.along > 0.85 * em and not whole:
            findings.add("uncompressed_pair", f"{a.text}{b.text} {(b.along - a.along) / em:.2f}")
    x, y = a.last, b.first
    if x in "，、" and y not in MARKS and not LATIN.match(y):
        pauses.append((b.along - a.along) / em)
    both_upright = a.advance > 0.9 * a.size and b.advance > 0.9 * b.size
    if ((is_han(x) and LATIN.match(y)) or (LATIN.match(x) and is_han(y))) and not both_upright:
        findings.counts["latin_boundaries"] += 1
        if b.along - (a.along + a.advance) < 0.1 * em:
            findings.add("missing_cjk_latin_gap", a.text + b.text)


def _broken(before: Line, line: Line, source: Text, findings: Findings) -> None:
    x, y = before.text[-1], line.text[0]
    if x == y and x in "—…⋯":
        run = len(before.text) - len(before.text.rstrip(x))
        if run % 2:
            findings.add("broken_dash_ellipsis", before.text[-4:] + "|" + line.text[:4])
    same = before.paragraph == line.paragraph and line.start not in source.spaced
    if LATIN.match(x) and LATIN.match(y) and same:
        findings.add("broken_latin_or_number", before.text[-6:] + "|" + line.text[:6])


def _page_faults(lines: list[Line], findings: Findings) -> None:
    """Widows, orphans and stranded headings, column by column."""
    by_column: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        if line.role is not None:
            by_column[line.page, line.column].append(line)
    for here in by_column.values():
        here.sort(key=lambda line: line.across)
        top, foot = here[0], here[-1]
        if top.role == "p" and top.last and not top.first:
            findings.add("widow", top.text)
        if foot.role == "p" and foot.first and not foot.last:
            findings.add("orphan", foot.text)
        if foot.role == "h" and foot is not lines[-1]:
            findings.add("stranded_heading", foot.text)


def _grid(lines: list[Line], body: float) -> tuple[float | None, float | None, str | None]:
    """Leading, per cent of lines off the page-wide grid, pages whose columns end at different heights."""
    by_column: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for line in lines:
        by_column[line.page, line.column].append(line.across)
    steps: Counter[float] = Counter()
    for places in by_column.values():
        places.sort()
        steps.update(round((b - a) * 20) / 20 for a, b in pairwise(places) if 0.9 * body < b - a < 3 * body)
    if not steps:
        return None, None, None
    leading = steps.most_common(1)[0][0]
    on = off = uneven = several = 0
    for page in {page for page, _ in by_column}:
        columns = [places for (number, _), places in by_column.items() if number == page]
        if len(columns) < 2:
            continue
        several += 1
        every = [place for places in columns for place in places]
        phase = Counter(round((place % leading) * 2) / 2 % leading for place in every).most_common(1)[0][0]
        for place in every:
            distance = (place - phase) % leading
            on, off = (on + 1, off) if min(distance, leading - distance) <= 0.6 else (on, off + 1)
        feet = [places[-1] for places in columns]
        uneven += max(feet) - min(feet) > 0.6 * leading
    return leading, round(100 * off / (on + off), 1) if on + off else None, f"{uneven}/{several}" if several else None


def common_subsequence(a: str, b: str) -> int:
    """Length of the longest common subsequence, bit-parallel."""
    places: defaultdict[str, int] = defaultdict(int)
    for at, character in enumerate(a):
        places[character] |= 1 << at
    mask = (1 << len(a)) - 1
    state = mask
    for character in b:
        both = state & places.get(character, 0)
        state = ((state + both) | (state - both)) & mask
    return len(a) - state.bit_count()


def _report(
    pdf: str | Path, document: Any, source: Text, lines: list[Line], findings: Findings, extra: list[float],
    pauses: list[float], missing: int, body: float, vertical: bool,
) -> dict[str, Any]:
    count = len(lines)
    per_mille = {rule: round(findings.counts[rule] * 1000 / count, 1) for rule in (*HARD, "loose_lines")}
    run = subprocess.run(["pdftotext", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, text=True, check=False)
    plain = re.sub(r"\s", "", run.stdout)
    fonts = {entry[3]: entry[1] for page in document for entry in page.get_fonts(full=True)}
    leading, off_grid, uneven = _grid(lines, body)
    report: dict[str, Any] = {
        "file": Path(pdf).name, "pages": len(document), "vertical": vertical, "body_lines": count,
        "hard_sum": round(sum(per_mille[rule] for rule in HARD), 1), **per_mille,
        "squeezed_pause_pct": round(100 * sum(w < 0.8 for w in pauses) / len(pauses), 1) if pauses else 0.0,
        "worst_gap_em": round(max(extra), 3) if extra else 0.0,
        "sd_gap_em": round(statistics.pstdev(extra), 4) if extra else 0.0,
        **{rule: findings.counts[rule] for rule in ("widow", "orphan", "stranded_heading")},
        "leading": leading, "off_grid_pct": off_grid, "uneven_feet": uneven, "notdef": missing,
        "fonts": len(fonts), "unembedded": sum(kind == "n/a" for kind in fonts.values()),
        "lost_in_order": len(source.text) - common_subsequence(source.text, plain),
    }
    report["places"] = {rule: places[:6] for rule, places in findings.places.items()}
    return report


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pdf", nargs="+")
    parser.add_argument("--src", required=True, help="TSV of role and text; p marks body paragraphs")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--places", action="store_true", help="show where")
    given = parser.parse_args()
    rows = [line.split("\t", 1) for line in Path(given.src).read_text(encoding="utf-8").splitlines() if "\t" in line]
    for pdf in given.pdf:
        report = check(pdf, [(row[0], row[1]) for row in rows])
        places = report.pop("places", {})
        if given.json:
            print(json.dumps(report, ensure_ascii=False))
        else:
            print("\n".join(f"{key:28} {value}" for key, value in report.items()) + "\n")
        if given.places:
            print(json.dumps(places, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
