"""A linear-chain conditional random field over whole pages, fitted by L-BFGS and pulled towards given weights.

Sequences are laid side by side and walked together, in the probability domain with each step scaled to one.  What is known of a
place is the set of states it may have: one state, several where it is a mixture of two, all where nothing is known; the
likelihood is that of all paths through these sets (a partly observed CRF).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Array = np.ndarray
MEMORY = 12
"""Steps L-BFGS remembers."""


@dataclass(frozen=True)
class Batch:
    """Sequences side by side, longest first.  `at[t]` are the rows of those that have a place `t`; `weight` is one a sequence."""

    at: tuple[Array, ...]
    weight: Array

    @staticmethod
    def of(sequences: Sequence[Sequence[int]], weights: Sequence[float]) -> Batch:
        """From the rows of each sequence, in order."""
        order = sorted(range(len(sequences)), key=lambda one: -len(sequences[one]))
        rows = [sequences[one] for one in order]
        longest = len(rows[0]) if rows else 0
        steps = tuple(np.array([row[at] for row in rows if at < len(row)], dtype=np.intp) for at in range(longest))
        return Batch(steps, np.array([weights[one] for one in order]))


@dataclass
class Marginals:
    """What forward and backward found: the log of the sum over all paths, and expected counts (weighted)."""

    log: float
    state: Array
    step: Array
    start: Array
    end: Array


def marginals(batch: Batch, scores: Array, step: Array, start: Array, end: Array) -> Marginals:
    """Sum over all paths; a state that may not be has the score `-inf`."""
    rows, states = scores.shape
    top = scores.max(1)
    local = np.exp(scores - top[:, None])
    between, first, last = np.exp(step), np.exp(start), np.exp(end)
    forward, log = [], np.zeros(len(batch.weight))
    for t, at in enumerate(batch.at):
        now = local[at] * (first if t == 0 else forward[-1][: len(at)] @ between)
        size = now.sum(1)
        log[: len(at)] += np.log(size) + top[at]
        forward.append(now / size[:, None])
    found = Marginals(0.0, np.zeros((rows, states)), np.zeros((states, states)), np.zeros(states), np.zeros(states))
    behind = np.zeros((0, states))
    onward: Array = np.zeros((0, states))
    for t in range(len(batch.at) - 1, -1, -1):
        at = batch.at[t]
        here = np.empty((len(at), states))
        more = len(onward)
        here[:more] = onward @ between.T
        here[more:] = last
        joint = forward[t] * here
        size = joint.sum(1)
        log[more : len(at)] += np.log(size[more:])
        weight = batch.weight[: len(at)]
        found.state[at] = joint / size[:, None] * weight[:, None]
        found.end += (found.state[at][more:]).sum(0)
        if more:
            scale = weight[:more] / size[:more]
            found.step += (forward[t][:more] * scale[:, None]).T @ onward
        behind = local[at] * here
        onward = behind / behind.sum(1)[:, None]
    found.step *= between
    found.start = found.state[batch.at[0]].sum(0) if batch.at else found.start
    found.log = float((log * batch.weight).sum())
    return found


def descend(loss: Callable[[Array], tuple[float, Array]], start: Array, rounds: int = 150, enough: float = 1e-5) -> Array:
    """The least of a smooth function, by L-BFGS with backtracking."""
    x = start.copy()
    now, slope = loss(x)
    past: list[tuple[Array, Array, float]] = []
    for _ in range(rounds):
        way = slope.copy()
        kept = []
        for moved, changed, inverse in reversed(past):
            share = inverse * (moved @ way)
            kept.append(share)
            way -= share * changed
        if past:
            moved, changed, _ = past[-1]
            way *= (moved @ changed) / (changed @ changed)
        else:
            way /= max(1.0, float(np.abs(slope).sum()))
        for (moved, changed, inverse), share in zip(past, reversed(kept), strict=True):
            way += (share - inverse * (changed @ way)) * moved
        size, downhill = 1.0, float(slope @ way)
        while True:
            trial, there = loss(x - size * way)
            if trial <= now - 1e-4 * size * downhill or size < 1e-8:
                break
            size /= 2
        moved, changed = -size * way, there - slope
        if moved @ changed > 1e-12:
            past = [*past[-MEMORY + 1 :], (moved, changed, 1.0 / float(moved @ changed))]
        x, gained, now, slope = x + moved, now - trial, trial, there
        if gained < enough * max(1.0, abs(now)):
            break
    return x
