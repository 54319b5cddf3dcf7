"""What every reader must give, checked one way for all of them."""

from __future__ import annotations

import hashlib
from itertools import pairwise

from convert import plugins
from convert.options import ReadOptions
from convert.source import Source


def read_with(reader: str, data: bytes | str, name: str = "page", options: ReadOptions | None = None) -> Source:
    """What the reader makes of `data`; its lines cover its text, its words lie in their lines."""
    data = data.encode() if isinstance(data, str) else data
    source = plugins.reader(reader).read(data, name, options or ReadOptions())
    check(source)
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    return source


def check(source: Source) -> None:
    """Lines in order, numbered from 1, parted by one line feed; words inside them; pages that exist."""
    assert [line.number for line in source.lines] == list(range(1, len(source.lines) + 1))
    for above, below in pairwise(source.lines):
        assert source.text[above.end:below.start] == "\n"
    if source.lines:
        assert (source.lines[0].start, source.lines[-1].end) == (0, len(source.text))
    for line in source.lines:
        assert not set(source.text[line.start:line.end]) & set("\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        assert line.page is None or 0 <= line.page < len(source.pages)
        at = line.start
        for word in line.words:
            assert at <= word.start < word.end <= line.end
            assert source.text[at:word.start] in ("", " ")
            assert word.confidence is None or 0 <= word.confidence <= 1
            at = word.end
    assert [page.index for page in source.pages] == list(range(len(source.pages)))


def lines_of(source: Source) -> list[str]:
    """The lines of the source; a blank one is an empty string."""
    return [source.text[line.start:line.end] for line in source.lines]
