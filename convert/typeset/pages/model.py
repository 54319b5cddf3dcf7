"""What a page holds, in logical coordinates: `u` along the lines, `v` across them, points from the grid's corner.

Horizontally u runs right and v down; vertically u runs down and v to the left.  The writer turns them into the page's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from convert.typeset.atoms import Setter
from convert.typeset.lines import SetLine


class Element(NamedTuple):
    """A node of the structure tree: `kind` is a standard structure type (P, H1, Caption, …); `parent` another's key."""

    key: str
    kind: str
    parent: str
    title: str = ""


class Text(NamedTuple):
    """A line of text: its start at `u`, the middle of its em box at `v`.  `across` lines stand in page coordinates
    (from the page's left and top), horizontally even on vertical pages.  `element` is None for page furniture."""

    u: float
    v: float
    size: float
    line: SetLine
    setter: Setter
    element: str | None
    grey: float = 0.0
    accent: bool = False
    across: bool = False


class Rule(NamedTuple):
    """A straight line of `width` points; `dotted` for leaders."""

    u0: float
    v0: float
    u1: float
    v1: float
    width: float
    grey: float = 0.0
    accent: bool = False
    across: bool = False
    dotted: bool = False


class Link(NamedTuple):
    """A rectangle that leads to a place of this document or to an address."""

    u0: float
    v0: float
    u1: float
    v1: float
    target: str
    element: str


@dataclass
class Page:
    """One page: what is drawn, in order."""

    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


class Place(NamedTuple):
    """Where an outline entry or a link leads: page index, and `v` of its top."""

    page: int
    v: float


@dataclass
class Pages:
    """A laid-out issue."""

    pages: list[Page] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    outline: list[tuple[int, str, str]] = field(default_factory=list)
    """Level from 0, title, place."""
