"""Text to atoms: the things a line is made of, which never break inside (a character, a word, a pair of dashes).

An `Atom` knows where its ink stands; the blank sides of marks are kept apart, so that the composer can take them away
at line ends, between two marks, and little by little where a line is too full.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import cycle

from convert.typeset.breaks import Shape
from convert.typeset.fonts import EM, Face
from convert.typeset.rules import Habit, Kind, rules
from convert.typeset.shapes import Shapes, shapes
from convert.typeset.tokens import DOWN_TOKEN, IS_HAN, NOT_DRAWN, TOKEN, UPRIGHT, is_long, pieces

_MAX_ATOMS = 40_000
_LETTERS = 3
"""Words from this many letters on may be spaced out in a line that is too loose."""
_SPLICE = re.compile(r">(-?\d+)<")
GETA = "〓"


class Atom:
    """One unbreakable thing.  Lengths along the line in thousandths of an em.

    `lead` is the blank between the glyph's origin and its ink body, `tail` what its nominal advance has behind the
    body.  `code` are the character codes in hex, kerning spliced in as `>number<`.  `glyphs` pairs every code with
    the text it stands for.  `inner` counts the gaps between letters that may be spaced.  `face` is the place in the
    chain, -1 for a character no face has.  `shape` is its number in `Shapes`.  `mode`: `h`
    horizontal, `v` upright in a vertical line, `r` turned, `t` numerals side by side in one em.
    """

    __slots__ = ("body", "code", "face", "glyphs", "inner", "kind", "lead", "mode", "shape", "tail", "text")

    def __init__(
        self, text: str, face: int, glyphs: tuple[tuple[int, str], ...], code: str, body: int, lead: int, tail: int,
        inner: int, kind: Kind, shape: int, mode: str,
    ) -> None:
        self.text, self.face, self.glyphs, self.code = text, face, glyphs, code
        self.body, self.lead, self.tail, self.inner = body, lead, tail, inner
        self.kind, self.shape, self.mode = kind, shape, mode

    def spaced(self, each: int) -> str:
        """The codes with `each` thousandths of an em between letters."""
        parts = [
            f">{int(part) - each}<" if even else f">{-each}<".join(part[at:at + 4] for at in range(0, len(part), 4))
            for part, even in zip(_SPLICE.split(self.code), cycle((False, True)), strict=False)
        ]
        return "".join(parts)


class Setter:
    """Sets text in one chain of faces by the rules of one region, horizontally or vertically."""

    def __init__(self, chain: tuple[Face, ...], region: str, vertical: bool = False, shared: Shapes | None = None) -> None:
        self.chain, self.rules, self.vertical = chain, rules(region), vertical
        self.main = chain[0]
        self._token = DOWN_TOKEN if vertical else TOKEN
        self.shapes = shared or Shapes(self.rules)
        self._atoms: dict[str, Atom] = {}
        self._han_shapes: dict[tuple[int, int], int] = {}

    def atoms(self, text: str) -> list[Atom]:
        """The atoms of a paragraph.  A space between Han and Latin is the gap the rules give, not an atom."""
        if NOT_DRAWN.search(text):
            text = NOT_DRAWN.sub(lambda found: " " if any(c in "\t\n\r\f\v\x85\u2028\u2029" for c in found[0]) else "", text)
        tokens = self._token.findall(text)
        known = self._atoms
        if len(known) > _MAX_ATOMS:
            known.clear()
        new = set(tokens).difference(known)
        if new:
            new -= self._hans(sorted(token for token in new if len(token) == 1 and IS_HAN.match(token)))
            for token in sorted(new):
                if not is_long(token):
                    known[token] = self._make(token)
        if not any(map(is_long, new)) and not any(token[0].isspace() for token in new) and " " not in text:
            try:
                return [known[token] for token in tokens]
            except KeyError:
                pass
        return self._with_spaces(tokens)

    def _with_spaces(self, tokens: list[str]) -> list[Atom]:
        known = self._atoms
        found: list[Atom] = []
        for token in tokens:
            if is_long(token):
                found += [self._piece(piece) for piece in pieces(token)]
            else:
                found.append(known[token])
        kept: list[Atom] = []
        for at, atom in enumerate(found):
            if atom.kind is Kind.SPACE:
                before = kept[-1].kind if kept else Kind.HAN
                after = found[at + 1].kind if at + 1 < len(found) else Kind.HAN
                if atom.text != "\u3000" and (before is Kind.LATIN) != (after is Kind.LATIN):
                    if Kind.HAN in (before, after):
                        continue
                elif atom.text != "\u3000" and before is not Kind.LATIN:
                    atom = self._wide_space()
            kept.append(atom)
        return kept

    def _piece(self, text: str) -> Atom:
        found = self._atoms.get("\0" + text)
        if found is None:
            found = self._atoms["\0" + text] = self._latin(text, url=True)
        return found

    def _atom(
        self, text: str, face: int, codes: Sequence[tuple[int, str]], body: int, habit: Habit, mode: str = "",
        lead: int = 0, tail: int = 0, code: str | None = None,
    ) -> Atom:
        kind = habit.kind
        mode = mode or ("v" if self.vertical else "h")
        inner = len(codes) - 1 if kind is Kind.LATIN and len(codes) >= _LETTERS and mode in "hr" else 0
        shape = self.shapes.number(Shape(habit, body, inner, len(text) if kind < Kind.DASH else 0))
        if code is None:
            code = "".join([f"{number:04X}" for number, _ in codes])
        return Atom(text, face, tuple(codes), code, body, lead, tail, inner, kind, shape, mode)

    # -- kinds of atoms -----------------------------------------------------------------------------------------

    def _make(self, token: str) -> Atom:
        first = token[0]
        if first.isspace():
            return self._space(token)
        if IS_HAN.match(first):
            return self._han(token)
        if (len(token) == 2 and token[0] == token[1] and first in "—…⋯") or token == "⸺":
            return self._dash(token)
        kind = self.rules.kind(first)
        if kind is not Kind.HAN and len(token) == 1:
            return self._mark(token, kind)
        if len(token) > 1 or ord(first) < 0x2000:
            return self._latin(token)
        return self._other(token)

    def _face_for(self, text: str) -> int:
        for number, face in enumerate(self.chain):
            if face.has(text):
                return number
        return -1

    def _geta(self, text: str) -> Atom:
        """A character no face has: 〓 is drawn, extraction gives the character itself."""
        return self._atom(text, -1, ((0, text),), EM, Habit(Kind.HAN, 0, 0), code="")

    def _han(self, token: str) -> Atom:
        number = self._face_for(token[0])
        if number < 0:
            return self._geta(token)
        face = self.chain[number]
        gid = face.glyph(token) if len(token) == 1 else face.shape(token)[0].gid
        if self.vertical:
            gid, advance, *_ = face.shape(token, {"vert": True}, vertical=True)[0]
        else:
            advance = face.advance(gid)
        start = self.rules.start(token[0], Kind.HAN)
        return self._one(token, number, gid, advance, Habit(Kind.HAN, 0, 0, start))

    def _hans(self, characters: list[str]) -> set[str]:
        """Make the atoms of Han characters the main face has, in one go; which these were."""
        main = self.main
        main.prime(characters)
        if self.vertical:
            return set()
        made = set()
        for character in characters:
            gid = main.glyph(character)
            if gid:
                code, body, start = main.code(gid), main.advance(gid), self.rules.start(character, Kind.HAN)
                shape = self._han_shapes.get((body, start))
                if shape is None:
                    shape = self._han_shapes[body, start] = self.shapes.number(Shape(Habit(Kind.HAN, 0, 0, start), body, 0, 1))
                self._atoms[character] = Atom(
                    character, 0, ((code, character),), f"{code:04X}", body, 0, 0, 0, Kind.HAN, shape, "h"
                )
                made.add(character)
        return made

    def _one(self, text: str, number: int, gid: int, body: int, habit: Habit, lead: int = 0, tail: int = 0) -> Atom:
        return self._atom(text, number, ((self.chain[number].code(gid), text),), body, habit, lead=lead, tail=tail)

    def _dash(self, token: str) -> Atom:
        number = self._face_for(token)
        if number < 0:
            return self._geta(token)
        face = self.chain[number]
        shaped = face.shape(token, {"vert": True} if self.vertical else None, self.vertical)
        habit = Habit(Kind.DASH, 0, 0, self.rules.start(token[0], Kind.DASH))
        texts = [token] if len(shaped) == 1 else list(token)
        glyphs = [(face.code(glyph.gid), text) for glyph, text in zip(shaped, texts, strict=False)]
        width = sum(glyph.advance for glyph in shaped)
        return self._atom(token, number, glyphs, width, habit)

    def _mark(self, token: str, kind: Kind) -> Atom:
        drawn = "・" if kind is Kind.MIDDLE else token
        number = self._face_for(drawn)
        if number < 0:
            return self._geta(token)
        face = self.chain[number]
        before, after = face.half(drawn, self.vertical)
        gid = face.shape(drawn, {"vert": True}, vertical=True)[0].gid if self.vertical else face.glyph(drawn)
        full = EM if self.vertical else face.advance(gid)
        start, end = self.rules.start(token, kind), self.rules.end(token, kind)
        habit = Habit(kind, before, after, start, end)
        if kind is Kind.MIDDLE:
            habit = Habit(kind, self.rules.middle_blank, self.rules.middle_blank, start, end)
        return self._one(token, number, gid, full - before - after, habit, before, after)

    def _space(self, token: str) -> Atom:
        ideographic = "\u3000" in token
        gid = self.main.glyph(" ")
        nominal = self.main.advance(gid)
        width = EM if ideographic else nominal
        mode = "r" if self.vertical else "h"
        text = "\u3000" if ideographic else " "
        glyphs = ((self.main.code(gid), " "),)
        return self._atom(text, 0, glyphs, width, Habit(Kind.SPACE, 0, 0, 0), mode, tail=nominal - width)

    def _wide_space(self) -> Atom:
        """The space between two Han phrases of a headline."""
        found = self._atoms.get("\0 ")
        if found is None:
            thin = self._space(" ")
            nominal = thin.body + thin.tail
            width = self.rules.han_space
            found = self._atom(" ", 0, thin.glyphs, width, Habit(Kind.SPACE, 0, 0, 0), thin.mode, tail=nominal - width)
            self._atoms["\0 "] = found
        return found

    def _latin(self, token: str, url: bool = False) -> Atom:
        number = self._face_for(token)
        if number < 0:
            return self._geta(token) if len(token) == 1 else self._mixed(token, url)
        face = self.chain[number]
        start = self.rules.start(token[0], Kind.LATIN)
        end = self.rules.end(token[-1], Kind.LATIN)
        if self.vertical and UPRIGHT.fullmatch(token):
            return self._upright(token, number)
        shaped = face.shape(token, {"liga": False, "clig": False})
        texts = list(token) if len(shaped) == len(token) else [token] + [""] * (len(shaped) - 1)
        parts: list[str] = []
        glyphs: list[tuple[int, str]] = []
        for glyph, text in zip(shaped, texts, strict=True):
            code = face.code(glyph.gid)
            glyphs.append((code, text))
            parts.append(f"{code:04X}")
            kern = glyph.advance - face.advance(glyph.gid)
            if kern and glyph is not shaped[-1]:
                parts.append(f">{-kern}<")
        width = sum(glyph.advance for glyph in shaped)
        tail = face.advance(shaped[-1].gid) - shaped[-1].advance if shaped else 0
        head, last = self._gapped(token[0]), self._gapped(token[-1])
        if url:
            head_cut = token[0] in ".-~" and len(token) > 1
            habit = Habit(Kind.LATIN, 0, 0, 1 if head_cut else start, end, False, head_cut, True, head, last)
        elif token in self.rules.operators:
            habit = Habit(Kind.LATIN, 0, 0, 2, end, False, True, True, head, last)
        else:
            habit = Habit(Kind.LATIN, 0, 0, start, end, token in self.rules.rigid, False, False, head, last)
        mode = "r" if self.vertical else "h"
        return self._atom(token, number, glyphs, width, habit, mode, tail=tail, code="".join(parts))

    def _gapped(self, character: str) -> bool:
        return character.isalnum() or character in self.rules.units

    def _mixed(self, token: str, url: bool) -> Atom:
        """A word no one face has whole: each face's missing letters are drawn 〓, the word stays whole."""
        main = self.main
        glyphs = [(main.code(main.glyph(c) or main.glyph(GETA)), c) for c in token]
        widths = [main.advance(main.glyph(c) or main.glyph(GETA)) for c in token]
        habit = Habit(Kind.LATIN, 0, 0, 1, 1, False, False, url)
        return self._atom(token, 0, glyphs, sum(widths), habit, "r" if self.vertical else "h")

    def _upright(self, token: str, number: int) -> Atom:
        face = self.chain[number]
        glyphs = [(face.code(glyph.gid), text) for glyph, text in zip(face.shape(token), token, strict=False)]
        return self._atom(token, number, glyphs, EM, Habit(Kind.HAN, 0, 0), "t")

    def _other(self, token: str) -> Atom:
        number = self._face_for(token)
        if number < 0:
            return self._geta(token)
        face = self.chain[number]
        glyph = face.shape(token, {"vert": True}, vertical=True)[0] if self.vertical else face.shape(token)[0]
        first = token[0]
        narrow = glyph.advance < 900
        kind = Kind.DASH if first in self.rules.soft_start else Kind.LATIN if narrow else Kind.HAN
        habit = Habit(kind, 0, 0, self.rules.start(first, kind), self.rules.end(first, kind), first in self.rules.rigid)
        return self._one(token, number, glyph.gid, glyph.advance, habit)


@cache
def setter(chain: tuple[Face, ...], region: str, vertical: bool = False) -> Setter:
    """The setter of a chain, one a process: its atoms are shared by all editions."""
    return Setter(chain, region, vertical, shapes(rules(region)))
