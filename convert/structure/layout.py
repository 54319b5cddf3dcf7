"""Reading order of blocks on a page: columns left to right, each from the top, headlines before the columns they span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from convert.source import Box
from convert.structure.geometry_lines import Block

LARGE = 1.12
"""Size against the body's from which type is a headline's."""
SMALL = 0.97
"""Size against the body's below which type is a caption's or an imprint's."""
HIGH_PICTURE = 40
"""Ems that a picture under a headline may take."""


@dataclass(slots=True, eq=False)
class Tile:
    """A block and the room it takes on the page: a headline takes the width of the columns under it.  `aside`: a caption."""

    block: Block
    room: Box
    head: bool
    aside: bool = False


def in_order(blocks: Sequence[Block], body: float) -> list[tuple[Block, bool]]:
    """The blocks as they are read, each with whether it is a caption by its place and size."""
    tiles = [Tile(block, block.box, block.vertical or block.em > LARGE * body) for block in blocks]
    for tile in tiles:
        tile.head = tile.head or _kicker(tile, tiles, body)
    header, tiles, footer = _running(tiles, body)
    floats = [tile for tile in tiles if _floats(tile, tiles, body)]
    for tile in floats:
        tile.aside = True
    text = [tile for tile in tiles if not tile.aside]
    wide = [tile for tile in floats if not _in_column(tile, text)]
    fixed = [tile for tile in tiles if tile not in wide]
    _spread(fixed, body)
    order = _cut(fixed, body)
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
    if tile.head or len(block.lines) > 4:
        return False
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


def _spread(tiles: Sequence[Tile], body: float) -> None:
    """Give each headline the width of the row of columns that begins under it, and lines under it the same."""
    for tile in tiles:
        if tile.block.vertical:
            tile.room = _over_columns(tile, tiles, body)
    heads = sorted((tile for tile in tiles if tile.head and not tile.block.vertical), key=lambda tile: tile.room[1])
    claimed: list[Tile] = []
    for head in heads:
        under = [
            tile
            for tile in tiles
            if not tile.head
            and not tile.aside
            and tile.room[1] >= head.block.box[3] - 0.3 * body
            and _across(tile.room, head.block.box) > 0
        ]
        stacked = sorted(under, key=lambda tile: tile.room[1])
        lines: list[Tile] = []

        def pictured(tile: Tile, head: Tile = head) -> bool:
            """Whether a caption, and so a picture, stands between the headline and the text."""
            return any(
                other.aside and _across(other.room, tile.room) > 0 and head.room[3] < other.room[1] < tile.room[1]
                for other in tiles
            )

        while stacked and len(stacked[0].block.lines) == 1 and _centered_under(stacked[0], head, body):
            lines.append(stacked.pop(0))
        if not stacked or stacked[0].room[1] - head.block.box[3] > (HIGH_PICTURE if pictured(stacked[0]) else 8) * body:
            continue
        row_top = stacked[0].room[1]
        row = [
            tile
            for tile in tiles
            if not tile.head
            and not tile.aside
            and tile not in lines
            and tile not in claimed
            and head.block.box[3] - 0.3 * body <= tile.room[1] < row_top + body
            and (tile.room[1] > row_top - body or pictured(stacked[0]))
        ]
        claimed += lines
        left, right = head.block.box[0], head.block.box[2]
        grown = True
        while grown:
            grown = False
            for tile in row:
                box = tile.room
                near = box[0] - right < 3 * body and left - box[2] < 3 * body
                if near and (box[0] < left or box[2] > right) and _free(tiles, head, lines, tile, head.block.box[1], row_top):
                    left, right, grown = min(left, box[0]), max(right, box[2]), True
        for tile in (head, *lines):
            tile.room = (left, tile.room[1], right, tile.room[3])


def _over_columns(tile: Tile, tiles: Sequence[Tile], body: float) -> Box:
    """A vertical headline as if it lay over the columns it stands beside: those it is nearer to, on either side."""
    box = tile.block.box
    level = [other.block.box for other in tiles if not other.block.vertical and abs(other.block.box[1] - box[1]) < 3 * body]
    before = max((other for other in level if other[2] <= box[0] + 0.5 * body), key=lambda other: other[2], default=None)
    behind = min((other for other in level if other[0] >= box[2] - 0.5 * body), key=lambda other: other[0], default=None)
    left, right, top = box[0], box[2], box[1]
    backward = before is not None and (behind is None or box[0] - before[2] < behind[0] - box[2])
    for other in sorted(level, key=lambda other: -other[2] if backward else other[0]):
        if backward and other[2] <= left + 0.5 * body and left - other[2] < 2.5 * body:
            left = other[0]
        elif not backward and other[0] >= right - 0.5 * body and other[0] - right < 2.5 * body:
            right = other[2]
        else:
            continue
        top = min(top, other[1])
    return left, top - 0.1 * body, right, top - 0.05 * body


def _centered_under(tile: Tile, head: Tile, body: float) -> bool:
    """Whether a line goes with the headline above it: on the same axis, or from the same edge."""
    box, over = tile.block.box, head.block.box
    aligned = abs(box[0] + box[2] - over[0] - over[2]) < 3 * body or abs(box[0] - over[0]) < 0.8 * body
    return aligned and box[1] - over[3] < 5 * body


def _free(tiles: Sequence[Tile], head: Tile, lines: Sequence[Tile], column: Tile, top: float, bottom: float) -> bool:
    """Whether nothing stands beside the headline over that column."""
    for tile in tiles:
        box = tile.block.box
        if tile is head or tile is column or tile in lines or (tile.head and _across(box, head.block.box) > 0):
            continue
        if _across(box, column.room) > 0 and box[1] < bottom - 1 and box[3] > top + 1:
            return False
    return True


def _cut(tiles: list[Tile], body: float) -> list[Tile]:
    """Recursive X-Y cut: columns first; where a headline lies across them, what stands above the next headline."""
    if len(tiles) < 2:
        return tiles
    strips = _strips(tiles)
    columns = _columns(tiles, 0.3 * body)
    if len(columns) > 1:
        for at in range(1, len(strips)):
            if _headed([tile for strip in strips[at:] for tile in strip], body):
                return _cut([tile for strip in strips[:at] for tile in strip], body) + _cut(
                    [tile for strip in strips[at:] for tile in strip], body
                )
        for at in range(1, len(strips)):
            above, below = ([tile for strip in part for tile in strip] for part in (strips[:at], strips[at:]))
            if _parts(above, below, body):
                return _cut(above, body) + _cut(below, body)
        return [tile for column in columns for tile in _cut(column, body)]
    if len(strips) == 1:
        return sorted(tiles, key=lambda tile: (round(tile.room[0] / (4 * body)), tile.room[1]))
    at = _beside(strips, body) or _best_strip(strips)
    above = [tile for strip in strips[:at] for tile in strip]
    below = [tile for strip in strips[at:] for tile in strip]
    return _cut(above, body) + _cut(below, body)


def _headed(tiles: Sequence[Tile], body: float) -> bool:
    """Whether a new row of articles begins here: a headline stands on top of every column, and there are several."""
    columns = _columns(tiles, 0.3 * body)
    return len(columns) > 1 and all(min(column, key=lambda tile: tile.room[1]).head for column in columns)


def _parts(above: Sequence[Tile], below: Sequence[Tile], body: float) -> bool:
    """Whether a white band parts two stories: the first column ends above it in mid-sentence and begins below it with an indent,
    and the last one ends above it with a sentence."""
    if not _apart(above, below, body):
        return False
    first, *_, final = ([tile for tile in column if not tile.aside] for column in _columns([*above, *below], 0.3 * body))
    ends = [
        max((tile for tile in column if tile in above), key=lambda tile: tile.room[3], default=None) for column in (first, final)
    ]
    begins = min((tile for tile in first if tile in below), key=lambda tile: tile.room[1], default=None)
    if ends[0] is None or ends[1] is None or begins is None or ends[0].head or begins.head or len(begins.block.lines) < 2:
        return False
    return (
        _full_and_open(ends[0].block, body)
        and not _full_and_open(ends[1].block, body)
        and begins.block.lines[0].box[0] - begins.block.box[0] > 1.2 * body
    )


def _full_and_open(block: Block, body: float) -> bool:
    end = block.lines[-1]
    return end.pieces[-1].text[-1:].isalnum() and end.box[2] > block.box[2] - 1.5 * body


def _columns(tiles: Sequence[Tile], gutter: float) -> list[list[Tile]]:
    found: list[list[Tile]] = []
    edge = float("-inf")
    for tile in sorted(tiles, key=lambda tile: tile.room[0]):
        if tile.room[0] - edge > gutter or not found:
            found.append([])
        found[-1].append(tile)
        edge = max(edge, tile.room[2])
    return found


def _strips(tiles: Sequence[Tile]) -> list[list[Tile]]:
    found: list[list[Tile]] = []
    edge = float("-inf")
    for tile in sorted(tiles, key=lambda tile: tile.room[1]):
        if tile.room[1] >= edge - 1e-6 or not found:
            found.append([])
        found[-1].append(tile)
        edge = max(edge, tile.room[3])
    return found


def _beside(strips: list[list[Tile]], body: float) -> int:
    """How many strips stories side by side take from the top, each under its own headline; 0 where there are none."""
    if sum(column[0].head for column in _columns(strips[0], 0.3 * body)) < 2:
        return 0
    at = 1
    while at < len(strips) and len(_columns([tile for strip in strips[: at + 1] for tile in strip], 0.3 * body)) > 1:
        at += 1
    return at if 1 < at < len(strips) else 0


def _best_strip(strips: list[list[Tile]]) -> int:
    """Where to cut: behind a headline that stands alone on top, else above the next one, else at the widest gap."""
    if all(tile.head or len(tile.block.lines) == 1 for tile in strips[0]):
        return 1
    for at in range(1, len(strips)):
        if any(tile.head for tile in strips[at]):
            return at
    gaps = [
        min(tile.room[1] for tile in strips[at]) - max(tile.room[3] for tile in strips[at - 1]) for at in range(1, len(strips))
    ]
    return gaps.index(max(gaps)) + 1


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
