"""Reading order of blocks on a page: columns left to right, each from the top, headlines before the columns they span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from convert.source import Box
from convert.structure import xycut
from convert.structure.geometry_box import union
from convert.structure.geometry_lines import Block

LARGE = 1.12
"""Size against the body's from which type is a headline's."""
EXACT = 1.04
"""The same where sizes are a file's own and not a recogniser's."""
AWAY, GUTTER = 16.0, 3.0
"""Ems of white at most between an upright headline and the text beside it, and between columns of that text."""
LINES = 4
"""Lines that a headline or a caption has at most."""
SMALL = 0.97
"""Size against the body's below which type is a caption's or an imprint's."""


@dataclass(slots=True, eq=False)
class Tile:
    """A block and the room it takes on the page: an upright headline that of the columns beside it.  `aside`: a caption; `light`:
    small type anywhere."""

    block: Block
    room: Box
    head: bool
    aside: bool = False
    light: bool = False


def in_order(blocks: Sequence[Block], body: float) -> list[tuple[Block, bool]]:
    """The blocks as they are read, each with whether it is a caption by its place and size."""
    exact = not any(line.pieces[0].words for block in blocks for line in block.lines)
    large = (LARGE if not exact else EXACT) * body
    tiles = [Tile(block, block.box, block.vertical or (block.em > large and len(block.lines) <= LINES)) for block in blocks]
    for tile in tiles:
        tile.light = tile.block.em < SMALL * body and len(tile.block.lines) <= LINES
    for tile in tiles:
        tile.head = tile.head or _kicker(tile, tiles, body)
    header, tiles, footer = _running(tiles, body)
    floats = [tile for tile in tiles if _floats(tile, tiles, body)]
    for tile in floats:
        tile.aside = True
    text = [tile for tile in tiles if not tile.aside]
    wide = [tile for tile in floats if not _in_column(tile, text)]
    fixed = [tile for tile in tiles if tile not in wide]
    for group in _upright(fixed, body):
        left, top, right = _over_columns(group, fixed, body)
        for at, tile in enumerate(reversed(group)):
            tile.room = (left, top - 0.02 * body * (at + 1), right, top - 0.02 * body * at)
    order = xycut.in_order(fixed, body)
    for tile in sorted(wide, key=lambda tile: (tile.room[1], tile.room[0])):
        _insert(order, tile, body)
    return [(tile.block, tile.aside) for tile in (*header, *order, *footer)]


def _kicker(tile: Tile, tiles: Sequence[Tile], body: float) -> bool:
    """Whether a line, hardly larger than text, stands over a headline on the same axis or from the same edge."""
    box = tile.block.box
    if len(tile.block.lines) > 1 or tile.block.em < 1.04 * body:
        return False
    return any(
        other.block.em > 1.3 * tile.block.em
        and -0.5 * body < other.block.box[1] - box[3] < 2.5 * body
        and (abs(box[0] + box[2] - other.block.box[0] - other.block.box[2]) < 3 * body or abs(box[0] - other.block.box[0]) < body)
        for other in tiles
        if not other.block.vertical
    )


def _running(tiles: list[Tile], body: float) -> tuple[list[Tile], list[Tile], list[Tile]]:
    """Lines of the page's own above all else and below it, and what stands between them."""
    strips = _strips(tiles)
    first, last = 0, len(strips)
    while first + 1 < last and _apart(strips[first], strips[first + 1], body) and _plain(strips[first]):
        first += 1
    while last - 1 > first and _apart(strips[last - 2], strips[last - 1], body) and _plain(strips[last - 1]):
        last -= 1
    parts = [tile for strip in strips[:first] for tile in strip], [tile for strip in strips[last:] for tile in strip]
    across = sorted(parts[0], key=lambda tile: tile.room[1]), sorted(parts[1], key=lambda tile: tile.room[1])
    return across[0], [tile for strip in strips[first:last] for tile in strip], across[1]


def _plain(strip: Sequence[Tile]) -> bool:
    return all(not tile.head and len(tile.block.lines) <= 2 for tile in strip)


def _apart(above: Sequence[Tile], below: Sequence[Tile], body: float) -> bool:
    return min(tile.room[1] for tile in below) - max(tile.room[3] for tile in above) > 0.7 * body


def _floats(tile: Tile, tiles: Sequence[Tile], body: float) -> bool:
    """A caption: a few lines in smaller type than the text above and below it."""
    block = tile.block
    top = min(other.block.box[1] for other in tiles)
    if tile.head or len(block.lines) > LINES or block.box[1] < top + 2.5 * block.em:
        return False  # the page's own line: no picture is above it
    near = [other.block for other in tiles if other is not tile and not other.head and _across(other.block.box, block.box) > 0]
    above = max(
        (other for other in near if other.box[3] <= block.box[1] + 0.5 * body), key=lambda other: other.box[3], default=None
    )
    below = min(
        (other for other in near if other.box[1] >= block.box[3] - 0.5 * body), key=lambda other: other.box[1], default=None
    )
    return below is not None and all(other is None or block.em < SMALL * other.em for other in (above, below))


def _in_column(tile: Tile, text: Sequence[Tile]) -> bool:
    """Whether a caption keeps to one column: all text above and below it is of that column."""
    column = [other.block.box for other in text if not other.head and _across(other.block.box, tile.block.box) > 0]
    return bool(column) and max(box[0] for box in column) < min(box[2] for box in column)


def _across(one: Box, other: Box) -> float:
    return min(one[2], other[2]) - max(one[0], other[0])


def _strips(tiles: Sequence[Tile]) -> list[list[Tile]]:
    """Tiles between white bands from side to side."""
    found: list[list[Tile]] = []
    edge = float("-inf")
    for tile in sorted(tiles, key=lambda tile: tile.room[1]):
        if tile.room[1] >= edge - 1e-6 or not found:
            found.append([])
        found[-1].append(tile)
        edge = max(edge, tile.room[3])
    return found


def _upright(tiles: Sequence[Tile], body: float) -> list[list[Tile]]:
    """Vertical lines that stand side by side, each group from right to left."""
    groups: list[list[Tile]] = []
    for tile in sorted((tile for tile in tiles if tile.block.vertical), key=lambda tile: -tile.block.box[2]):
        near = (group for group in groups if _adjoins(group[-1].block, tile.block, body))
        group = next(near, None)
        if group is None:
            groups.append([tile])
        else:
            group.append(tile)
    return groups


def _adjoins(right: Block, left: Block, body: float) -> bool:
    return right.box[0] - left.box[2] < 2.5 * body and _beside(right.box, left.box) > 0.5


def _over_columns(group: Sequence[Tile], tiles: Sequence[Tile], body: float) -> tuple[float, float, float]:
    """Left, top and right of vertical lines if they lay over the columns they stand beside, those they are nearer to."""
    box = union([tile.block.box for tile in group])
    level = [
        other.block.box
        for other in tiles
        if not other.head and not other.aside and len(other.block.lines) > 1 and _beside(other.block.box, box) > 0.5
    ]
    left, top, right = box[0], box[1], box[2]
    before = max((other for other in level if other[2] <= left + 0.5 * body), key=lambda other: other[2], default=None)
    behind = min((other for other in level if other[0] >= right - 0.5 * body), key=lambda other: other[0], default=None)
    backward = before is not None and (behind is None or left - before[2] < behind[0] - right)
    for other in sorted(level, key=lambda other: -other[2] if backward else other[0]):
        far = (AWAY if other in (before, behind) else GUTTER) * body
        if backward and -0.5 * body <= left - other[2] < far:
            left = other[0]
        elif not backward and -0.5 * body <= other[0] - right < far:
            right = other[2]
        elif not (other[0] > left - 0.5 * body and other[2] < right + 0.5 * body):
            continue
        top = min(top, other[1])
    return left, top, right


def _beside(one: Box, other: Box) -> float:
    """Share of the lower one's height that both stand beside each other."""
    return (min(one[3], other[3]) - max(one[1], other[1])) / min(one[3] - one[1], other[3] - other[1])


def _insert(order: list[Tile], tile: Tile, body: float) -> None:
    """A caption follows the text above it in its first column, or goes before the text below it."""
    left, top, _right, bottom = tile.block.box
    inside = [
        other
        for other in order
        if not other.head and other.block.em > SMALL * body and other.room[0] < left + 2 * body and other.room[2] > left + body
    ]
    above = [other for other in inside if other.room[3] <= top + 0.5 * body]
    below = [other for other in inside if other.room[1] >= bottom - 0.5 * body]
    if above:
        nearest = max(above, key=lambda other: other.room[3])
        order.insert(order.index(nearest) + 1, tile)
    elif below:
        nearest = min(below, key=lambda other: other.room[1])
        order.insert(order.index(nearest), tile)
    else:
        near = min(order, key=lambda other: abs(other.room[1] - top) + abs(other.room[0] - left), default=None)
        order.insert(order.index(near) + 1 if near is not None else 0, tile)
