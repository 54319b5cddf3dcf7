"""A conditional logit over {leave it, candidate 1, candidate 2, …}, fitted by Newton's method and pulled towards a prior."""

from __future__ import annotations

import numpy as np


def probabilities(x: np.ndarray, group: np.ndarray, size: int, b: np.ndarray) -> np.ndarray:
    """The probability of each candidate; what is missing to one in a group is that of leaving it."""
    e = np.exp(np.clip(x @ b, -40, 40))
    return e / (1 + np.bincount(group, e, size))[group]


def fit(
    x: np.ndarray, group: np.ndarray, hit: np.ndarray, weight: np.ndarray, prior: np.ndarray, free: np.ndarray,
    strength: float = 0.5,
) -> np.ndarray:
    """Weights for the rows of `x`: `group` numbers each candidate's place, `hit` marks the right one, `weight` is by place."""
    b, n = prior.copy(), len(weight)

    def loss(at: np.ndarray) -> float:
        z = np.clip(x @ at, -40, 40)
        chosen = np.bincount(group, z * hit, n)
        spread = np.log1p(np.bincount(group, np.exp(z), n))
        return float((weight * (spread - chosen)).sum() + strength / 2 * ((at - prior) ** 2).sum())

    now = loss(b)
    for _ in range(100):
        p = probabilities(x, group, n, b)
        gradient = (x.T @ (weight[group] * (p - hit)) + strength * (b - prior))[free]
        mean = np.stack([np.bincount(group, p * x[:, j], n) for j in range(x.shape[1])], 1)
        curve = (x * (weight[group] * p)[:, None]).T @ x - (mean * weight[:, None]).T @ mean + strength * np.eye(len(b))
        step, size = np.linalg.solve(curve[free][:, free], gradient), 1.0
        while size > 1e-4:
            trial = b.copy()
            trial[free] -= size * step
            if loss(trial) < now:
                break
            size /= 2
        gained = now - loss(trial)
        b, now = trial, loss(trial)
        if gained < 1e-5:
            break
    return b
