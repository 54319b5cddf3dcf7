"""`make verify-all`: every issue in every variant, format and style, each file proved by tools that are not ours.

    python benchmarks/verify.py [SEEDS...] [--out DIR] [--only WORD,…]

`BUILDS` are the commands that make the editions, `CHECKS` who is asked about which of them.  Each check prints one line:
how many files it saw and what it found; a check passes when it finds nothing.  `--only` runs the checks whose names hold
one of the words.  A tool that is missing is named, and is a failure with REISSUE_REQUIRE_TOOLS=1.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # not this folder, whose docx.py would hide python-docx

from benchmarks import witnesses  # noqa: E402  run as a script, the checkout is not on the path before

REISSUE = [sys.executable, "-c", "from convert.cli import main; main()"]
VARIANTS = ["--variant", "all,source"]
EBOOKS = ["--to", "docx,epub"]
BUILDS: dict[str, list[str]] = {
    "newspaper": ["--to", "docx,epub,pdf,html,tei,text"],
    "book": ["--style", "book", *EBOOKS],
    "large-print": ["--style", "large-print", *EBOOKS],
    "vertical": ["--style", "vertical", *EBOOKS],
    "bold": ["--style", "bold", *EBOOKS],
    "review": ["--review", "--to", "docx"],
    "redline": ["--redline", "--to", "docx"],
}
"""Folder of the output to options of `reissue build`; the first is the plain edition the others are compared with."""
ACE = ("newspaper/*/*.zh-Hans.epub", "vertical/*/*.zh-Hant-TW.vertical.epub")
"""Ace takes eight seconds a book: one variant a script, one a direction."""
PLAIN = f"{next(iter(BUILDS))}/*/*.docx"
ELSEWHERE = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "4711", "LC_ALL": "C"}
"""Another machine, as far as an edition could tell."""


@dataclass(frozen=True)
class Made:
    """The editions of one run: the folder of each build, and of the same build elsewhere."""

    seeds: Sequence[Path]
    out: Path

    def files(self, *patterns: str) -> list[Path]:
        """Editions by pattern below the output folder, in order."""
        return sorted({path for pattern in patterns for path in self.out.glob(f"here/*/{pattern}")})

    def with_text(self, suffix: str) -> Iterator[tuple[Path, str]]:
        """Editions of a format with the words of the text edition."""
        for path in self.files(f"*/*/*{suffix}"):
            build = path.relative_to(self.out).parts[2]
            name = path.name.replace(f".{build}{suffix}", suffix).removesuffix(suffix) + ".txt"
            plain = path.parents[2] / next(iter(BUILDS)) / path.parent.name / name
            yield path, plain.read_text(encoding="utf-8")


def build(made: Made) -> None:
    """All builds, here and elsewhere.  Raises `CalledProcessError` where one fails."""
    for place, environment in (("here", {}), ("elsewhere", ELSEWHERE)):
        for number, seeds in enumerate(made.seeds):
            for name, options in BUILDS.items():
                out = made.out / place / str(number) / name
                command = [*REISSUE, "build", str(seeds), "-o", str(out), "--quiet", *VARIANTS, *options]
                subprocess.run(command, check=True, env={**os.environ, **environment})


def lint(paths: Iterable[Path]) -> Iterator[str]:
    """What our own lint knows of faults no checker sees."""
    from tests.editions import docx, epub

    for path in paths:
        for finding in docx.lint(path.read_bytes()) if path.suffix == ".docx" else epub.lint_epub(path):
            if str(finding).startswith("spaces"):
                continue  # left by the OCR between two characters: the text's, no fault of the edition
            yield f"{path.name}: {finding}"


def identical(made: Made) -> Iterator[str]:
    """Editions whose bytes differ in another time zone, with another hash seed and locale."""
    for path in every_edition(made):
        other = made.out / "elsewhere" / path.relative_to(made.out / "here")
        if not other.exists() or _sha256(path) != _sha256(other):
            yield f"{path.name}: other bytes elsewhere"


def plain(made: Made) -> Iterator[tuple[Path, str]]:
    """The DOCX editions of the plain build with the words of the text edition."""
    wanted = set(made.files(PLAIN))
    return (pair for pair in made.with_text(".docx") if pair[0] in wanted)


def every_edition(made: Made) -> list[Path]:
    """All files but the reports of the builds."""
    return [path for path in made.files("*/*/*") if path.is_file()]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def office(made: Made) -> Iterator[str]:
    """LibreOffice accepts and rejects all changes of every redline: lines that are not the edition's, or not the source's."""
    from convert import pipeline
    from convert.batch.find import issues
    from convert.batch.recipe import Recipe
    from convert.batch.task import Clock, Task, read_issue
    from convert.writers.docx.redline import edition_lines, source_lines
    from tests.writers.docx_office import witness

    redlines = made.files("redline/*/*.docx")
    seen = witness(redlines, timeout=120 + 20 * len(redlines))
    for number, seeds in enumerate(made.seeds):
        for found in issues(seeds):
            recipe = Recipe()
            task = Task(found.id, found.inputs, found.path.name, made.out, found.files, recipe, (), found.size)
            parsed, said = read_issue(task, Clock())
            for path in made.files(f"redline/{found.folder}/*.docx"):
                if path.relative_to(made.out).parts[1] != str(number):
                    continue
                issue = pipeline.to_variant(parsed, _variant(path), said.variant)
                for mode, wanted in (("accept", edition_lines(issue)), ("reject", source_lines(issue))):
                    wrong = sum(a != b for a, b in zip_longest(seen[str(path)][mode], wanted))
                    if wrong:
                        yield f"{path.name}: {mode} all: {wrong} of {len(wanted)} lines differ"


def _variant(path: Path) -> str:
    """The variant's name from the edition's."""
    from convert.variants import table

    parts = path.name.removesuffix(".redline.docx").split(".")
    if parts[-1] == "source":
        return "source"
    return next(name for name in table.ALL if table.variant(name).language == parts[-1])


CHECKS: dict[str, tuple[Callable[[Made], list[Path]], Callable[[Made], Iterable[str]]]] = {
    "bytes are the same elsewhere": (every_edition, identical),
    "EPUBCheck -u": (lambda m: m.files("*/*/*.epub"), lambda m: witnesses.epubcheck(m.files("*/*/*.epub"))),
    "lint of EPUB": (lambda m: m.files("*/*/*.epub"), lambda m: lint(m.files("*/*/*.epub"))),
    "lint of DOCX": (lambda m: m.files("*/*/*.docx"), lambda m: lint(m.files("*/*/*.docx"))),
    "characters of EPUB": (lambda m: m.files("*/*/*.epub"), lambda m: witnesses.characters(m.with_text(".epub"))),
    "characters of DOCX": (lambda m: m.files("*/*/*.docx"), lambda m: witnesses.characters(m.with_text(".docx"))),
    "characters of PDF": (lambda m: m.files("*/*/*.pdf"), lambda m: witnesses.characters(m.with_text(".pdf"))),
    "order of PDF": (lambda m: m.files("*/*/*.pdf"), lambda m: witnesses.in_order(m.with_text(".pdf"))),
    "LibreOffice opens": (lambda m: m.files(PLAIN), lambda m: witnesses.libreoffice(plain(m))),
    "qpdf": (lambda m: m.files("*/*/*.pdf"), lambda m: witnesses.qpdf(m.files("*/*/*.pdf"))),
    "fonts of PDF": (lambda m: m.files("*/*/*.pdf"), lambda m: witnesses.pdffonts(m.files("*/*/*.pdf"))),
    "LibreOffice accept, reject": (lambda m: m.files("redline/*/*.docx"), office),
    "DAISY Ace": (lambda m: m.files(*ACE), lambda m: witnesses.ace(m.files(*ACE))),
    "Open XML SDK": (lambda m: m.files("*/*/*.docx"), lambda m: witnesses.open_xml_sdk(m.files("*/*/*.docx"))),
}
"""Name to the files a check sees and what it finds in them."""


def main() -> int:
    """Build, prove, tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("seeds", nargs="*", type=Path, default=[ROOT / "seeds"])
    options.add_argument("--out", type=Path, help="keep the editions here; what is fresh there is not made again")
    options.add_argument("--only", default="", help="checks by words of their names, such as EPUBCheck,lint")
    given = options.parse_args()
    words = [word for word in given.only.split(",") if word]
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="verify-") as scratch:
        made = Made(given.seeds, given.out or Path(scratch))
        build(made)
        print(f"{len(every_edition(made))} editions", flush=True)
        for name, (files, findings) in CHECKS.items():
            if words and not any(word.lower() in name.lower() for word in words):
                continue
            start = time.monotonic()
            found = list(dict.fromkeys(findings(made)))
            for finding in found:
                print(f"  {finding}")
            print(f"{name:28} {len(files(made)):4d} files  {len(found)} findings  {time.monotonic() - start:.0f} s", flush=True)
            wrong += sum(not finding.startswith("skipped") for finding in found)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
