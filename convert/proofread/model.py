"""An archive model: how often two and three neighbouring characters, terms of four and names of two occur in the user's issues.

What an archive writes often is no misprint, and what it writes often may be what a misprint stood for.  Counting is
streamed and bounded: when the table is full, the rarest entries go first (lossy counting, Manku and Motwani 2002).  The file
is gzip'd text, `count gram gram …` a line under a header: it can be read with zcat, and loading it runs no code.  A file of the
first version, which had no terms, is read as well.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from convert.errors import UnreadableInput
from convert.lexicon import load
from convert.proofread.terms import FOUR, terms

MAGIC, FIRST = "# reissue-model/2", "# reissue-model/1"
MAX_ENTRIES = 1_000_000
"""Most grams held while learning (about 120 MB)."""
MAX_KEPT, MAX_TERMS = 300_000, 60_000
"""Most grams and most terms written: the most frequent ones."""
_RUN = re.compile(r"[\u3400-\u9fff]+")


class Model:
    """Counts of grams; `Model()` is the empty one, which knows nothing and costs nothing."""

    __slots__ = ("_counts", "_own", "_whole", "characters")

    def __init__(
        self, counts: Mapping[str, int] | None = None, characters: int = 0, own: Mapping[str, int] | None = None,
        whole: Model | None = None,
    ) -> None:
        self._counts = counts or {}
        self._own = own or {}
        self._whole = whole
        self.characters = characters

    def __bool__(self) -> bool:
        return bool(self._counts)

    def count(self, gram: str) -> int:
        """Occurrences of two or three characters, or of a term (`terms`), in the archive, the issue at hand left out where it is
        known to be in it."""
        found = self._counts.get(gram, 0)
        return max(0, found - self._own.get(gram, 0)) if found else 0

    def excluding(self, own: Mapping[str, int]) -> Model:
        """The same model without the issue whose grams `own` counts: a page is no witness for itself."""
        return Model(self._counts, self.characters, own, self.whole)

    def written(self) -> Iterator[str]:
        """What it has counted, in the order it was learned."""
        return iter(self._counts)

    @property
    def whole(self) -> Model:
        """The model without regard to any issue left out of it: the same object for all issues of a batch."""
        return self._whole or self

    @classmethod
    def of(cls, texts: Iterable[str]) -> Model:
        """Count `texts`, one at a time, in bounded memory; Traditional ones in Simplified script, as detectors read them."""
        counts: Counter[str] = Counter()
        lexicon = load()
        characters, floor = 0, 1
        for text in texts:
            characters += len(text)
            text = in_simplified(text)
            for run in _RUN.findall(text):
                counts.update(map("".join, pairwise(run)))
                counts.update(map("".join, zip(run, run[1:], run[2:], strict=False)))
                counts.update(terms(run, lexicon.segment(run), lexicon))
            while len(counts) > MAX_ENTRIES:
                counts = Counter({gram: number for gram, number in counts.items() if number > floor})
                floor += 1
        return cls(counts, characters)

    @classmethod
    def load(cls, path: str | Path) -> Model:
        """Read a model file.  Raises `UnreadableInput` for anything that is none."""
        counts: dict[str, int] = {}
        try:
            lines = gzip.decompress(Path(path).read_bytes()).decode("utf-8").splitlines()
            if not lines or not lines[0].startswith((MAGIC, FIRST)):
                newer = bool(lines) and lines[0].startswith(MAGIC.rstrip("0123456789"))
                raise ValueError("of a newer version; learn it again" if newer else "no header")
            characters = int(lines[0].split()[2])
            for line in lines[1:]:
                number, *grams = line.split(" ")
                counts |= dict.fromkeys(grams, int(number))
        except (OSError, EOFError, ValueError, IndexError, zlib.error) as error:
            raise UnreadableInput(f"{path} is no model that `reissue learn` wrote ({error}).") from error
        return cls(counts, characters)

    def save(self, path: str | Path) -> int:
        """Write the most frequent grams that occur at least twice; returns how many.  Same counts, same bytes."""
        repeated = (gram for gram, number in self._counts.items() if number > 1)
        ranked = sorted(repeated, key=lambda gram: (-self._counts[gram], gram))
        kept = [gram for gram in ranked if len(gram) < FOUR][:MAX_KEPT]
        kept += [gram for gram in ranked if len(gram) >= FOUR][:MAX_TERMS]
        kept.sort(key=lambda gram: (-self._counts[gram], gram))
        groups: dict[int, list[str]] = {}
        for gram in kept:
            groups.setdefault(self._counts[gram], []).append(gram)
        lines = [f"{MAGIC} {self.characters} characters; count and grams a line"]
        lines += [f"{number} {' '.join(sorted(grams))}" for number, grams in groups.items()]
        with Path(path).open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as sink:
            sink.write("\n".join(lines).encode("utf-8"))
        return len(kept)


def in_simplified(text: str) -> str:
    """A Traditional text character for character in Simplified script, any other as it is."""
    from convert.structure.language import detect

    if not detect([text]).startswith("zh-Hant"):
        return text
    from convert.lexicon.folding import simplified_as_read

    return simplified_as_read(text)


def learn(texts: Iterable[str], out: str | Path) -> int:
    """Count `texts` and write the model to `out`; returns how many grams it holds.  Texts are read one at a time."""
    return Model.of(texts).save(out)
