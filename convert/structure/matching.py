"""Maximum-weight matching of a sparse bipartite graph: which open tail goes with which headless start."""

from __future__ import annotations

from collections.abc import Mapping

Edges = Mapping[int, Mapping[int, float]]
"""For each left node its right neighbours with what pairing them gains (only gains above 0 matter)."""


def match(edges: Edges) -> dict[int, int]:
    """Left to right, of greatest total gain.  Successive best augmenting paths, component by component.

    Components on a page hold a handful of nodes; the work is cubic in the largest of them, linear in their number.
    """
    result: dict[int, int] = {}
    for component in _components(edges):
        result.update(_solve({left: edges[left] for left in component}))
    return result


def _components(edges: Edges) -> list[list[int]]:
    owner: dict[int, int] = {}
    group: dict[int, list[int]] = {}
    for left, row in edges.items():
        merged = [left]
        for right, gain in row.items():
            if gain <= 0:
                continue
            if (other := owner.get(right)) is not None and other in group and merged is not group[other]:
                merged = merged + group.pop(other)
            owner[right] = left
        for member in merged:
            for right, gain in edges[member].items():
                if gain > 0:
                    owner[right] = left
        group[left] = merged
    return list(group.values())


def _solve(edges: Edges) -> dict[int, int]:
    pair_of_right: dict[int, int] = {}
    matched: dict[int, int] = {}
    while True:
        path = _augment(edges, matched, pair_of_right)
        if path is None:
            return matched
        for left, right in path:
            matched[left] = right
            pair_of_right[right] = left


def _augment(edges: Edges, matched: dict[int, int], pair_of_right: dict[int, int]) -> list[tuple[int, int]] | None:
    """The alternating path that gains most (Bellman and Ford over left nodes), None where none gains."""
    best: dict[int, float] = {left: 0.0 for left in edges if left not in matched}
    come: dict[int, tuple[int, int]] = {}
    finish: tuple[float, int, int] | None = None
    for _ in range(len(edges) + 1):
        changed = False
        for left, value in list(best.items()):
            for right, gain in edges[left].items():
                if gain <= 0 or matched.get(left) == right:
                    continue
                here = value + gain
                other = pair_of_right.get(right)
                if other is None:
                    if finish is None or here > finish[0] + 1e-9:
                        finish = (here, left, right)
                elif here - edges[other][right] > best.get(other, float("-inf")) + 1e-9:
                    best[other] = here - edges[other][right]
                    come[other] = (left, right)
                    changed = True
        if not changed:
            break
    if finish is None or finish[0] <= 1e-9:
        return None
    path = [(finish[1], finish[2])]
    seen = {finish[1]}
    while path[-1][0] in come:
        step = come[path[-1][0]]
        if step[0] in seen:
            return None
        seen.add(step[0])
        path.append(step)
    return path
