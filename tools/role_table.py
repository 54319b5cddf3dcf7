"""The weights of the role model as the table a person reads: `convert/structure/weights.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from convert.structure.roles import STATES, Model

DIGITS = 1
"""Digits behind the point that a weight is written with."""
SHOWN = ("kicker", "title", "subtitle", "byline", "signature", "heading", "paragraph", "caption", "colophon", "drop")
"""The order of the states in the table."""


def rounded(model: Model) -> Model:
    """The model as the table will hold it."""

    def short(row: Sequence[float]) -> tuple[float, ...]:
        return tuple(round(weight, DIGITS) + 0.0 for weight in row)

    return Model(
        {name: short(row) for name, row in model.weights.items()},
        short(model.bias), short(model.start), short(model.end), tuple(map(short, model.step)),
    )  # fmt: skip


def table(model: Model, header: Sequence[str]) -> str:
    """The text of the file: a row a feature, then the bias, then from each state to each."""
    wide = max(map(len, model.weights))
    lines = [*(f"# {line}".rstrip() for line in header), "", "[features]"]
    lines += [f"{name:{wide}} = {_row(row)}" for name, row in model.weights.items()]
    lines += ["", "[bias]", *(f"{state} = {model.bias[STATES.index(state)]}" for state in SHOWN), "", "[transitions]"]
    for name, row in (("start", model.start), *zip(STATES, model.step, strict=True), ("end", model.end)):
        lines.append(f"{name:{max(map(len, STATES))}} = {_row(row)}")
    return "\n".join(lines) + "\n"


def _row(row: Sequence[float]) -> str:
    told = ((state, row[STATES.index(state)]) for state in SHOWN)
    return "{ " + ", ".join(f"{state} = {weight}" for state, weight in told if weight) + " }"


def write(path: Path, model: Model) -> None:
    """Write the table; the comment at the head of the file stays."""
    head = [line.removeprefix("#").strip() for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    path.write_text(table(model, head), "utf-8")
