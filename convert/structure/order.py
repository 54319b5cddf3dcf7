"""Reading order: columns change back, pieces of one paragraph come together, what stood between them finds its place."""

from __future__ import annotations

from itertools import pairwise

from convert.structure.seams import Ends
from convert.structure.state import State, Unit
from convert.structure.swaps import Seams, find


def unswap(state: State, units: list[Unit], seen: list[Ends], seams: Seams) -> list[int]:
    """The order of the units with columns that changed places put back.  Asides go with the unit before them."""
    body = [at for at in range(len(units)) if not seen[at].aside]
    carried: dict[int, list[int]] = {}
    holder = -1
    for at in range(len(units)):
        if seen[at].aside:
            carried.setdefault(holder, []).append(at)
        else:
            holder = at
    for swap in find(body, seen, seams):
        first, second = body[swap.first : swap.second], body[swap.second : swap.end + 1]
        tail, head = units[body[swap.first - 1]].text[-6:], units[second[0]].text[:6]
        why = f"“…{tail}” goes on with “{head}…”; two columns had changed places"
        body[swap.first : swap.end + 1] = second + first
        for at in second:
            units[at].moved = ("column-swap", why)
            state.because(units[at], "move", f"{why} (the seams gain {swap.gain:.1f} nats).")
    order = list(carried.get(-1, ()))
    for at in body:
        order += [at, *carried.get(at, ())]
    return order


def merge(state: State, units: list[Unit], seen: list[Ends], order: list[int], pairs: dict[int, int]) -> list[Unit]:
    """The units with each chain of paired pieces made one; what stood between its pieces comes behind it."""
    rank = {at: position for position, at in enumerate(order)}
    heads = set(pairs.values())
    result: list[Unit] = []
    done: set[int] = set()
    for at in order:
        if at in done or at in heads:
            continue
        chain = [at]
        while (following := pairs.get(chain[-1])) is not None:
            chain.append(following)
        done.update(chain)
        result.append(_one(state, units, chain, rank))
        position = rank[at]
        for piece in chain[1:]:
            passed = order[position + 1 : rank[piece]]
            if len(passed) <= 4 and all(seen[other].aside or seen[other].headline for other in passed):
                for other in passed:
                    if seen[other].headline and other not in done and other not in heads and other not in pairs:
                        _before(state, units[other], result)
                        done.add(other)
            for other in passed:
                if other not in done and other not in heads and other not in pairs and seen[other].aside:
                    done.add(other)
                    units[other].interrupts = True
                    result.append(units[other])
            position = max(position, rank[piece])
    return result


def _before(state: State, heading: Unit, result: list[Unit]) -> None:
    """A heading that stands inside a paragraph slipped behind its beginning: it goes before it."""
    why = f"“{heading.text[:12]}” stands inside the paragraph it heads"
    heading.moved = ("heading-slipped", why)
    state.because(heading, "move", why + ".")
    result.insert(len(result) - 1, heading)


def _one(state: State, units: list[Unit], chain: list[int], rank: dict[int, int]) -> Unit:
    first = units[chain[0]]
    for before, at in pairwise(chain):
        piece = units[at]
        left, right = first.text[-1:], piece.text[:1]
        space = " " if left.isascii() and left.isalpha() and right.isascii() and right.isalpha() else ""
        passed = rank[at] - rank[before] - 1
        rule = "join" if passed == 0 else "join-caption" if 0 < passed < 3 else "join-column"
        first.joins += [rule, *piece.joins]
        between = (
            "."
            if passed == 0
            else f", past {passed} block{'s' * (passed != 1)} between."
            if passed > 0
            else ", standing before it."
        )
        state.because(first, "join", f"“…{first.text[-6:]}” ends in mid-sentence and “{piece.text[:6]}…” goes on{between}")
        first.text += space + piece.text
        first.spans += piece.spans
    return first
