"""One text through all layers, in their order.

decisions > glossary > quotation marks > names and patterns > phrases (OpenCC's and the press list, word borders decided
by the resolver) > region > house style
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from convert.variants import align, house, names, press, quotes, topics
from convert.variants.engine import Chain, Matcher, normalise
from convert.variants.glossary import Glossary
from convert.variants.model import Conversion, Doubt, Finding, Piece, occurrences, without_overlap
from convert.variants.resolver import CHOOSE, LONGEST, SURE, Choice, Resolver

_LANE = re.compile(
    "([\u4e00-\u9fff]{2}里)(?=小区|居民区|居委|新村|[0-9]{1,4}[号弄]|片区|地块|石库门|社区|弄堂|街坊)"
)
_NO_LANE = frozenset("城村家镇乡县区市这那哪店楼院园屋山心手眼厂公海英华邻故十百千万洞巷群队")
"""A lane or an estate of three characters: 杏花里小区."""


@dataclass(frozen=True)
class Layers:
    """How texts of one script become one variant.

    `chain` None: the text stays, only marks and glossary act.  `resolver` None: OpenCC's cut into words stands.
    `reading` adds the press layer's names and patterns; `forms` is the house style.  `own` are the press list's phrases
    and `words` the region's own words, which name the rule of a row; `names` were learnt from the issue's texts,
    and `read` is what stood in each.
    """

    chain: Chain | None
    glossary: Glossary
    marks: tuple[str, str] | None = quotes.CORNER
    only_curly: bool = False
    resolver: Resolver | None = None
    reading: bool = False
    forms: Matcher | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    read: Mapping[str, Sequence[Piece]] = field(default_factory=dict)

    def convert(self, text: str, forced: Iterable[Piece] = ()) -> Conversion:
        """Convert one whole block; `forced` are the editor's decisions."""
        fixed = list(forced)
        findings: list[Finding] = []
        doubts: list[Doubt] = []
        weighed: Sequence[Piece] = ()
        if self.glossary:
            fixed += self.glossary.find(text, lambda: self._borders(text))
        if self.marks and not (self.only_curly and not quotes.has_curly(text)):
            marks, findings = quotes.convert(text, self.marks)
            fixed += marks
        if self.reading and self.chain is not None and self.resolver is not None:
            fixed += self._found(text)
            weighed = self.read[text] if text in self.read else tuple(names.weigh(text, self.chain, self.resolver.knows))
            fixed += filter(names.believed, weighed)
            fixed += press.find(text, self.chain)
            fixed += topics.find(text, self.chain, self.resolver.knows)
        pieces: list[Piece] = []
        at = 0
        for piece in [*without_overlap(fixed), Piece(len(text), len(text), "")]:
            if piece.start > at:
                pieces += self._words(text[at:piece.start], at, doubts)
            pieces.append(piece)
            at = piece.end
        pieces.pop()
        if self.reading and self.chain is not None and self.resolver is not None:
            doubts += self._lone(text, pieces)
            doubts += self._persons(text, pieces, filter(names.unsure, weighed))
        if self.forms is not None:
            pieces = house.apply(pieces, self.forms)
        return Conversion(tuple(pieces), tuple(doubts), tuple(findings))

    def learn(self, texts: Iterable[str]) -> Layers:
        """The same layers, which also know the names that some place of the issue shows to be names."""
        if not self.reading or self.chain is None or self.resolver is None:
            return self
        known = self.resolver.knows
        found: dict[str, str] = {}
        read = {text: tuple(names.weigh(text, self.chain, known)) for text in texts}
        for text in read:
            for piece in filter(names.believed, read[text]):
                name = text[piece.start:piece.end]
                if len(name) > 2 or (len(name) == 2 and not known(name)):
                    found[name] = piece.out
            for match in _LANE.finditer(text):
                if match.group(1)[1] in _NO_LANE:
                    continue
                found[match.group(1)] = "".join(map(self.chain.finish, match.group(1)[:-1])) + match.group(1)[-1]
        return replace(self, names=found, read=read)

    def _found(self, text: str) -> Iterator[Piece]:
        for name, out in self.names.items():
            for at in occurrences(text, name):
                if len(name) == 2 and at and self._word(text[at - 1:at + 1]):
                    continue  # 位于|海边 is not 于海
                yield Piece(at, at + len(name), out, "name", 0.9, "a name elsewhere in the issue")

    def _word(self, text: str) -> bool:
        return self.resolver is not None and self.resolver.knows(text)

    def _lone(self, text: str, pieces: Sequence[Piece]) -> Iterator[Doubt]:
        """Doubts about one-to-many characters that belong to no word we know."""
        assert self.chain is not None and self.resolver is not None
        starts = [piece.start for piece in pieces]
        for match in press.doubtful_characters().finditer(text):
            at = match.start()
            piece = pieces[bisect_right(starts, at) - 1]
            if piece.rule not in ("opencc", "resolver") or len(piece.out) != piece.end - piece.start:
                continue
            other, share = press.doubtful()[match.group()]
            other, chosen = self.chain.regional(other), piece.out[at - piece.start]
            if other != chosen and not self.resolver.in_word(text, at):
                why = "no word known to us stands here; the character has two readings"
                yield Doubt(at, at + 1, chosen, other, "opencc", share, why)

    def _persons(self, text: str, pieces: Sequence[Piece], unsure: Iterable[Piece]) -> Iterator[Doubt]:
        """Doubts about names too likely to pass over and not likely enough to pass unasked: 余敏 the person or 余 the rest."""
        starts = [piece.start for piece in pieces]
        for name in unsure:
            first, last = bisect_right(starts, name.start) - 1, bisect_right(starts, name.end - 1)
            taken, here = names.believed(name), pieces[first:last]
            if taken != (here[0] == name) or any(piece.rule not in ("opencc", "resolver", "name") for piece in here):
                continue  # an editor, the glossary, the issue or a pattern said what stands here
            plain = self._plain(text, name) if taken else align.outcome(here, name.start, name.end)
            if plain is None or len(plain) != len(name.out) or plain == name.out:
                continue
            chosen, other, doubt = (name.out, plain, 1 - name.confidence) if taken else (plain, name.out, name.confidence)
            spots = [(low, high) for low, high, _ in align.differences(chosen, other)]
            low, high = spots[0][0], spots[-1][1]
            why = f"{text[name.start:name.end]} may be a person or words; what stands around does not say"
            yield Doubt(name.start + low, name.start + high, chosen[low:high], other[low:high], "name", doubt, why)

    def _plain(self, text: str, name: Piece) -> str | None:
        """What would stand in the place of a name were it none."""
        low = max(0, name.start - LONGEST)
        pieces = list(self._words(text[low:name.end + LONGEST], low, []))
        return align.outcome(pieces, name.start, name.end)

    def _borders(self, text: str) -> set[int]:
        if self.chain is None:
            return set(range(len(text) + 1))
        inside = {place for start, end, _ in self.chain.phrases(text) for place in range(start + 1, end)}
        return set(range(len(text) + 1)) - inside

    def _words(self, text: str, offset: int, doubts: list[Doubt]) -> Iterator[Piece]:
        """Pieces of a stretch no rule has claimed."""
        if self.chain is None:
            yield Piece(offset, offset + len(text), text)
            return
        text = normalise(text)
        bounds = self.chain.bounds(text)
        if self.resolver is None:
            yield from self._segments(text, bounds, offset)
            return
        done = 0
        for choice in self.resolver.choices(text, bounds):
            greedy, words = ("".join(map(self.chain.finish, cut)) for cut in (choice.greedy, choice.words))
            if greedy == words:
                continue
            yield from self._segments(text, _between(bounds, done, choice.start), offset)
            yield from self._decide(choice, greedy, words, offset, doubts)
            done = choice.end
        yield from self._segments(text, _between(bounds, done, len(text)), offset)

    def _segments(self, text: str, bounds: Sequence[int], offset: int) -> Iterator[Piece]:
        assert self.chain is not None
        finish = self.chain.finish
        for start, end in pairwise(bounds):
            segment = text[start:end]
            rule = "press" if segment in self.own else "vocabulary" if segment in self.words else "opencc"
            yield Piece(offset + start, offset + end, finish(segment), rule)

    def _decide(self, choice: Choice, greedy: str, words: str, offset: int, doubts: list[Doubt]) -> Iterator[Piece]:
        """The likelier reading; where the other is not out of the question, a doubt."""
        margin = choice.margin - CHOOSE
        chosen, other, cut = (words, greedy, choice.words) if margin >= 0 else (greedy, words, choice.greedy)
        confidence = 1 / (1 + math.exp(-abs(margin)))
        why = f"{'|'.join(choice.words)} or {'|'.join(choice.greedy)}: the other reading is {other}"
        start, end = choice.start + offset, choice.end + offset
        aligned = len(chosen) == len(other) == end - start
        spots = [(low, high) for low, high, _ in align.differences(chosen, other)] if aligned else [(0, end - start)]
        if abs(margin) < SURE:
            low, high = spots[0][0], spots[-1][1]
            alternative = other[low:high] if aligned else other
            doubts.append(Doubt(start + low, start + high, chosen, alternative, "resolver", 1 - confidence, why))
        if not aligned:
            yield Piece(start, end, chosen, "resolver", confidence, why)
            return
        for low, high in pairwise(accumulate(map(len, cut), initial=0)):
            piece = Piece(start + low, start + high, chosen[low:high])
            decided = any(low < last and first < high for first, last in spots)
            yield replace(piece, rule="resolver", confidence=confidence, why=why) if decided else piece


def _between(bounds: Sequence[int], start: int, end: int) -> list[int]:
    """The borders from `start` to `end`, both included."""
    return [start, *(place for place in bounds if start < place < end), end] if start < end else []
