"""Reading order: pieces of one paragraph come together, what stood between them finds its place, columns change back."""

from __future__ import annotations

import itertools

from convert.structure.seams import Ends
from convert.structure.state import State, Unit


def arrange(state: State, units: list[Unit], seen: list[Ends], pairs: dict[int, int]) -> list[Unit]:
    """The units in reading order, each chain of paired pieces made one."""
    order = list(range(len(units)))
    back = {head: tail for tail, head in pairs.items()}
    for tail, head in sorted(pairs.items()):
        _bring(state, units, seen, order, pairs, back, tail, head)
    return _merge(state, units, seen, order, pairs, back)


def _bring(
    state: State, units: list[Unit], seen: list[Ends], order: list[int],
    pairs: dict[int, int], back: dict[int, int], tail: int, head: int,
) -> None:
    """Where two neighbouring columns changed places, change them back.  The seams at their borders are the evidence."""
    if head == tail + 1:
        return
    low, high = order.index(tail), order.index(head)
    if low < high:
        between = order[low + 1:high]
        if all(seen[at].aside for at in between):
            return
        end = _column_end(order, seen, pairs, back, low, high)
        if end is None:
            end = high
    else:
        # `head` stands before `tail`: the column that ends with `tail` belongs before the one that begins with `head`.
        low, end = high - 1, low
        start = _column_start(order, pairs, low, end)
        if start is None:
            start = end
        high = start
    first, second = order[low + 1:high], order[high:end + 1]
    if not first or not second:
        return
    order[low + 1:end + 1] = second + first
    why = f"“…{units[tail].text[-6:]}” runs on into “{units[head].text[:6]}…”"
    for at in second:
        units[at].moved = ("column", why)
        state.because(units[at], "move", f"Brought forward with its column: {why}.")


def _column_end(
    order: list[int], seen: list[Ends], pairs: dict[int, int], back: dict[int, int], low: int, high: int,
) -> int | None:
    """Where the column that begins at `high` ends: there its last piece runs into the first of the passed-over column,
    or the passed-over column's last piece runs on right behind it."""
    last = order[high - 1]
    onward = pairs.get(last)
    if onward is not None and onward in order:
        at = order.index(onward)
        if at > high:
            return at - 1
    before = back.get(order[low + 1])
    if before is not None:
        at = order.index(before)
        if at >= high:
            return at
    return None


def _column_start(order: list[int], pairs: dict[int, int], low: int, end: int) -> int | None:
    """Where the column that ends at `end` begins: right behind a piece that runs on behind `end`."""
    for at in range(end, low + 1, -1):
        onward = pairs.get(order[at - 1])
        if onward is not None and end + 1 < len(order) and order[end + 1] == onward:
            return at
    return None


def _merge(
    state: State, units: list[Unit], seen: list[Ends], order: list[int], pairs: dict[int, int], back: dict[int, int],
) -> list[Unit]:
    rank = {at: position for position, at in enumerate(order)}
    result: list[Unit] = []
    done: set[int] = set()
    for at in order:
        if at in done or at in back:
            continue
        chain = [at]
        while (following := pairs.get(chain[-1])) is not None:
            chain.append(following)
        done.update(chain)
        result.append(_one(state, units, chain, rank))
        position = rank[at]
        for piece in chain[1:]:
            passed = order[position + 1:rank[piece]] if rank[piece] > position else []
            for other in passed:
                if other not in done and other not in back and seen[other].aside:
                    done.add(other)
                    units[other].interrupts = True
                    result.append(units[other])
            position = max(position, rank[piece])
    return result


def _one(state: State, units: list[Unit], chain: list[int], rank: dict[int, int]) -> Unit:
    first = units[chain[0]]
    for before, at in itertools.pairwise(chain):
        piece = units[at]
        left, right = first.text[-1:], piece.text[:1]
        space = " " if left.isascii() and left.isalpha() and right.isascii() and right.isalpha() else ""
        passed = rank[at] - rank[before] - 1
        rule = "join" if passed == 0 else "join-caption" if passed > 0 and passed < 3 else "join-column"
        first.joins += [rule, *piece.joins]
        state.because(
            first, "join",
            f"“…{first.text[-6:]}” ends in mid-sentence and “{piece.text[:6]}…” goes on"
            + ("." if passed == 0 else f", past {passed} block{'s' * (passed != 1)} between."),
        )
        first.text += space + piece.text
        first.spans += piece.spans
    return first
