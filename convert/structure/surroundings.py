"""What a short line is among the other short lines of its page: alone or in a group, alike or unlike, over how much text.

A page has a manner of its own: if its headlines come with bylines or subtitles, a lone line between paragraphs is rather a
heading; headings of one story are of one length.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from convert.structure.features import words
from convert.structure.reading import length
from convert.structure.state import Unit

Seen = Sequence[dict[str, float]]

LONGEST = 40
"""Characters of a short line at most."""
EDGE = 3
"""Units at either end of a page where an imprint stands."""
ALIKE = 1
"""Characters by which two headings of one form differ at most."""
_RUNS = frozenset({"crowd", "verse", "in_series", "contents", "patterned", "cells", "bullet", "illegible", "page_number"})


def mark(units: Sequence[Unit], seen: Seen, bodies: Sequence[bool]) -> None:
    """Add to the features of the short lines of a page."""
    lines = [at for at, unit in enumerate(units) if not bodies[at] and length(unit.text) <= LONGEST and _free(seen[at])]
    _ends(units, seen)
    groups = _groups(lines)
    shared = sum(len(group) > 1 for group in groups) / max(1, len(groups))
    single = [group[0] for group in groups if len(group) == 1]
    sizes = sorted(length(units[at].text) for at in single)
    usual = sizes[len(sizes) // 2] if sizes else 0
    for number, at in enumerate(single):
        found, size = seen[at], length(units[at].text)
        found["single"] = 1.0
        found["among_groups"] = shared
        near = [other for other in (number - 1, number + 1) if 0 <= other < len(single)]
        found["alike"] = sum(abs(length(units[single[other]].text) - size) <= ALIKE for other in near) / 2
        found["longer" if size > usual else "shorter"] = min(1.0, abs(math.log(size / usual)))
    _below(lines, seen, bodies)
    opening = words().patterns["dated"]
    for group in groups:
        _pairs(group, units, seen)
    for at in lines:
        found = seen[at]
        if at + 1 < len(units) and bodies[at + 1] and opening.search(units[at + 1].text):
            found["before_dated"] = 1.0
        if "numbered_bare" in found and "numbered3" not in found and at + 1 < len(units) and bodies[at + 1]:
            found["numbered_over_text"] = 1.0
        if at and "numbered1" in seen[at - 1] and "numbered2" in found and not bodies[at - 1]:
            found["numbered_under"] = 1.0


def _free(found: dict[str, float]) -> bool:
    return not found.get("colophon_hits") and not found.get("drop_hits") and found.keys().isdisjoint(_RUNS)


def _groups(lines: Sequence[int]) -> list[list[int]]:
    """Lines that stand together."""
    groups: list[list[int]] = []
    for at in lines:
        if groups and groups[-1][-1] == at - 1:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _pairs(group: Sequence[int], units: Sequence[Unit], seen: Seen) -> None:
    """Of two headlines one tells what happened, the other what it means: which stands above tells kicker and subtitle."""
    for above, below in pairwise(group):
        one, other = seen[above], seen[below]
        told = _says(one) - _says(other)
        if told > 0:
            one["fact_over"], other["verdict_under"] = 1.0, 1.0
        elif told < 0:
            one["verdict_over"], other["fact_under"] = 1.0, 1.0
        more = math.log(length(units[above].text) / length(units[below].text))
        one["over_shorter" if more > 0 else "over_longer"] = min(1.0, abs(more))
        other["under_longer" if more > 0 else "under_shorter"] = min(1.0, abs(more))


def _says(found: dict[str, float]) -> float:
    """Above 0 where a line tells a fact, below where it is pointed."""
    return found.get("fact", 0.0) - found.get("verdict", 0.0)


def _below(lines: Sequence[int], seen: Seen, bodies: Sequence[bool]) -> None:
    """Lines over one paragraph, as short news and hints have them."""
    for at, following in zip(lines, [*lines, len(bodies)][1:], strict=True):
        if sum(bodies[at + 1 : following]) == 1:
            seen[at]["one_below"] = 1.0


def _ends(units: Sequence[Unit], seen: Seen) -> None:
    """Where an imprint may stand, and what stands beside one."""
    for at, found in enumerate(seen):
        if length(units[at].text) > 2 * LONGEST:
            continue
        if at < EDGE:
            found["early"] = 1.0
        if at >= len(seen) - EDGE:
            found["late"] = 1.0
        beside = [seen[near].get("colophon_hits", 0.0) for near in (at - 1, at + 1) if 0 <= near < len(seen)]
        if any(beside):
            found["beside_hits"] = min(2.0, sum(beside))
        elif found.get("colophon_hits") and "early" not in found and "late" not in found:
            found["hits_amid"] = 1.0
