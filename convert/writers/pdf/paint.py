"""Content streams: laid-out pages as PDF operators, one TJ a line, every run of text marked with its element."""

from __future__ import annotations

from convert.typeset.atoms import Atom
from convert.typeset.pages import Page, Rule, Text, Theme
from convert.writers.pdf.fontfile import Pool
from convert.writers.pdf.objects import number

CENTRE = 0.38
"""Where the middle of the ideographic em box stands above the baseline, in em."""


class Painter:
    """Paints pages; keeps which fonts were used and which marked content belongs to which element."""

    def __init__(self, theme: Theme, kinds: dict[str, str]) -> None:
        self.theme, self.kinds = theme, kinds
        self.pool = Pool()
        self.marked: dict[str, list[tuple[int, int]]] = {}
        self._fonts: dict[Atom, str] = {}
        self._origin = theme.origin
        self._high = theme.page[1]

    def page(self, page: Page, index: int) -> bytes:
        """The content stream of one page."""
        parts: list[str] = []
        if page.rules:
            parts.append("/Artifact BMC")
            parts += [self._rule(rule) for rule in page.rules]
            parts.append("EMC")
        element: str | None = ""
        colour: tuple[float, bool] | None = None
        mark = 0
        for text in page.texts:
            if text.element != element:
                if element != "":
                    parts.append("ET EMC")
                element = text.element
                if element is None:
                    parts.append("/Artifact <</Type /Pagination>> BDC BT")
                else:
                    parts.append(f"/{self.kinds[element]} <</MCID {mark}>> BDC BT")
                    self.marked.setdefault(element, []).append((index, mark))
                    mark += 1
            if colour != (text.grey, text.accent):
                colour = (text.grey, text.accent)
                parts.append(self._colour(text.grey, text.accent))
            if text.line.atoms:
                parts.append(self._vertical(text) if self.theme.vertical and not text.across else self._horizontal(text))
        if element != "":
            parts.append("ET EMC")
        return "\n".join(parts).encode("ascii")

    def _colour(self, grey: float, accent: bool, stroke: bool = False) -> str:
        if accent and self.theme.accent:
            return " ".join(number(part) for part in self.theme.accent) + (" RG" if stroke else " rg")
        return f"{number(grey)} {'G' if stroke else 'g'}"

    def _point(self, u: float, v: float, across: bool) -> tuple[float, float]:
        if across:
            return u, self._high - v
        x, y = self._origin
        return (x - v, self._high - y - u) if self.theme.vertical else (x + u, self._high - y - v)

    def rectangle(self, u0: float, v0: float, u1: float, v1: float) -> tuple[float, float, float, float]:
        """Left, bottom, right, top on the page."""
        (a, b), (c, d) = self._point(u0, v0, False), self._point(u1, v1, False)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def top(self, v: float) -> float:
        """The page's y of a place at `v`; the top of the page where lines run down."""
        return self._high if self.theme.vertical else self._point(0, v, False)[1]

    def _rule(self, rule: Rule) -> str:
        x0, y0 = self._point(rule.u0, rule.v0, rule.across)
        x1, y1 = self._point(rule.u1, rule.v1, rule.across)
        dash = f"[{number(rule.width)} {number(rule.width * 5)}] 0 d" if rule.dotted else "[] 0 d"
        return (
            f"{self._colour(rule.grey, rule.accent, True)} {number(rule.width)} w {dash} "
            f"{number(x0)} {number(y0)} m {number(x1)} {number(y1)} l S"
        )

    # -- fonts --------------------------------------------------------------------------------------------------

    def _font(self, atom: Atom, text: Text) -> str:
        """The font resource of an atom, entered when the atom is first met."""
        if atom.face < 0:
            name, code = self.pool.enter_missing(atom.text)
            found = f"{name} {code:02X}"
        else:
            found = self.pool.enter(text.setter.chain[atom.face], atom.mode == "v", atom.glyphs)
        self._fonts[atom] = found
        return found

    # -- lines --------------------------------------------------------------------------------------------------

    def _horizontal(self, text: Text) -> str:
        atoms, gaps, _, inner = text.line
        known = self._fonts
        x, y = self._point(text.u, text.v, text.across)
        first = atoms[0]
        font = known.get(first) or self._font(first, text)
        size = number(text.size)
        x -= first.lead * text.size / 1000
        y -= CENTRE * text.size
        head = f"/{font.split(' ')[0]} {size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm [<"
        adjusts = [a.tail + b.lead - gap for a, b, gap in zip(atoms, atoms[1:], gaps, strict=False)]
        fonts = [known.get(atom) or self._font(atom, text) for atom in atoms]
        if fonts.count(font) == len(fonts) and not inner and first.face >= 0:
            parts = [f"{atom.code}>{adjust}<" if adjust else atom.code for atom, adjust in zip(atoms, adjusts, strict=False)]
            return f"{head}{''.join(parts)}{atoms[-1].code}>]TJ"
        parts = [head, _code(first, font, inner)]
        for atom, here, adjust in zip(atoms[1:], fonts[1:], adjusts, strict=True):
            if here != font:
                parts.append(f">]TJ /{here.split(' ')[0]} {size} Tf [{adjust or ''}<")
                font = here
            elif adjust:
                parts.append(f">{adjust}<")
            parts.append(_code(atom, here, inner))
        parts.append(">]TJ")
        return "".join(parts)

    def _vertical(self, text: Text) -> str:
        """Upright runs in an Identity-V font, Latin turned, short numbers side by side."""
        atoms, gaps, _, inner = text.line
        x, top = self._point(text.u, text.v, False)
        size = text.size
        scale = size / 1000
        parts: list[str] = []
        at = 0
        run: list[str] = []
        run_font = ""
        pen = 0
        for number_, atom in enumerate(atoms):
            font = self._fonts.get(atom) or self._font(atom, text)
            name = font.split(" ")[0]
            start = at - atom.lead
            if atom.mode == "v" and atom.face >= 0:
                if run and run_font == name:
                    if start != pen:
                        run.append(f">{start - pen}<")
                else:
                    if run:
                        parts.append("".join(run) + ">]TJ")
                    run = [f"/{name} {number(size)} Tf 1 0 0 1 {x:.2f} {top - start * scale:.2f} Tm [<"]
                    run_font = name
                run.append(atom.code)
                pen = start + atom.lead + atom.body + atom.tail
            else:
                if run:
                    parts.append("".join(run) + ">]TJ")
                    run = []
                parts.append(self._turned(atom, font, x, top - at * scale, size, inner))
            at += atom.body + atom.inner * inner + (gaps[number_] if number_ < len(gaps) else 0)
        if run:
            parts.append("".join(run) + ">]TJ")
        return "\n".join(parts)

    def _turned(self, atom: Atom, font: str, x: float, y: float, size: float, inner: int) -> str:
        name = font.split(" ")[0]
        head = f"/{name} {number(size)} Tf"
        code = _code(atom, font, inner)
        if atom.mode == "r":
            return f"{head} 0 -1 1 0 {x - CENTRE * size:.2f} {y:.2f} Tm [<{code}>]TJ"
        width = 1000
        if atom.mode == "t":
            face = next(f.face for f in self.pool.all if f.name == name)
            width = sum(face.advance(gid) for gid in face.glyphs_of([code for code, _ in atom.glyphs]))
        squeeze = min(1.0, 1000 / max(width, 1))
        left = x - width * squeeze * size / 2000
        return f"{head} {squeeze:.3f} 0 0 1 {left:.2f} {y - 0.88 * size:.2f} Tm [<{code}>]TJ"


def _code(atom: Atom, font: str, inner: int = 0) -> str:
    if atom.face < 0:
        return font.split(" ")[1]
    return atom.spaced(inner) if inner and atom.inner else atom.code
