"""One task: one issue to its editions.  Runs in this process, in a pool's worker or on another machine, the same.

A task carries only names and options; an outcome only names, digests and figures.  Editions are staged beside
their place as part files; it is the driver that gives them their names, after the journal knows of them.
"""

from __future__ import annotations

import hashlib
import io
import os
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from convert import hints, naming, pipeline, plugins, sidecars
from convert.batch import files
from convert.batch.recipe import Recipe
from convert.batch.urls import at, is_url
from convert.errors import ExitCode, OutputError, ReissueError, UnreadableInput
from convert.options import ReadOptions
from convert.sidecars import Files
from convert.variants import table

if TYPE_CHECKING:
    from convert.issue import Issue
    from convert.source import Source, Span

JOIN = "join"
FINDINGS = 60
"""Findings of an issue kept for the report of a build; `reissue check` has them all."""
TOLD = ("kind", "page", "line", "column", "status", "rule", "confidence", "before", "after", "left", "right", "why", "choices")


@dataclass(frozen=True, slots=True)
class Task:
    """Make `editions` (variant, format) of the issue in `sources`, named after `name`, into `folder`."""

    id: str
    sources: tuple[Path, ...]
    name: str
    folder: Path
    files: Files
    recipe: Recipe
    editions: tuple[tuple[str, str], ...]
    size: int = 0


@dataclass(frozen=True, slots=True)
class Edition:
    """A staged edition: its file name, the part that holds its bytes, their digest and length."""

    variant: str
    format: str
    name: str
    part: str
    sha256: str
    size: int


@dataclass
class Outcome:
    """What became of a task.  `error` is a sentence, and then there are no editions: an issue is whole or not made."""

    id: str
    editions: list[Edition] = field(default_factory=list)
    summary: dict[str, Any] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    error: str | None = None
    exit_code: int = 0
    debug: str = ""

    def discard(self) -> None:
        """Remove the staged parts of an outcome nobody wants any more."""
        for edition in self.editions:
            files.discard(at(edition.part))


class Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the CPU time of the block as stage `name`."""
        start = time.process_time()
        try:
            yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + time.process_time() - start


def perform(task: Task) -> Outcome:
    """Do it.  Never raises: a failure is an outcome with a sentence, so that one bad issue cannot stop a batch."""
    outcome = Outcome(task.id)
    try:
        _perform(task, outcome)
    except Exception as error:
        outcome.discard()
        outcome.editions.clear()
        outcome.error, outcome.exit_code, outcome.debug = describe(error, task.name)
    return outcome


def describe(error: BaseException, name: str) -> tuple[str, int, str]:
    """Sentence, exit code and traceback of a failure."""
    import traceback

    debug = "".join(traceback.format_exception(error))
    if isinstance(error, ReissueError):
        return str(error), int(error.exit_code), debug
    if isinstance(error, MemoryError):
        return f"{name} needs more memory than there is. Use fewer --jobs or split the file.", int(ExitCode.FINDINGS), debug
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("convert"):
        sentence = f"The Python package “{error.name}” is missing. Install it, or reinstall reissue."
        return sentence, int(ExitCode.MISSING), debug
    kind = type(error).__name__
    return f"{name}: {BUG.format(kind=kind, text=_short(error))}", int(ExitCode.FINDINGS), debug


BUG = (
    "an error nobody foresaw ({kind}: {text}). Please report it with the input that shows it; "
    "REISSUE_DEBUG=1 prints where it happened."
)


def _short(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text[:160] + "…" if len(text) > 160 else text


def read_issue(task: Task, clock: Clock) -> tuple[Issue, sidecars.Sidecars]:
    """Sidecars, sources and the parsed issue of a task."""
    said = sidecars.load((*task.files, *task.recipe.extra), task.recipe.base())
    with clock.stage("read"):
        sources = [read_source(path, said.read) for path in task.sources]
    hinted = tuple(hints.decisions(said.parse.hints, sources, task.name))
    with clock.stage("parse"):
        issue = pipeline.parse(sources, replace(said.parse, decisions=(*hinted, *said.parse.decisions)))
    return issue, said


def read_source(path: Path, options: ReadOptions) -> Source:
    """Decode one input, of this machine or from a URL.  Raises `UnreadableInput`."""
    if not is_url(path):
        return pipeline.read(path, path.name, options)
    try:
        if path.stat().st_size > options.max_bytes:
            raise UnreadableInput(f"{path} is larger than {options.max_bytes // 2**20} MB. Split it into issues first.")
        return pipeline.read(path.read_bytes(), path.name, options)
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read: {error.strerror or error}.") from error


def _perform(task: Task, outcome: Outcome) -> None:
    clock = Clock()
    issue, said = read_issue(task, clock)
    style = task.recipe.loaded_style(said)
    converted: dict[str, Issue] = {}
    names: dict[str, str] = {}
    for variant, fmt in task.editions:
        if variant not in converted:
            converted.clear()
            with clock.stage("variants"):
                converted[variant] = pipeline.to_variant(issue, variant, pipeline.in_house(said.variant, style, variant))
        writer = plugins.writer(fmt)
        chosen = table.for_issue(table.variant(variant), issue.language)
        sink = io.BytesIO()
        with clock.stage(fmt):
            notices = writer.write(converted[variant], chosen, style, sink)
        data = sink.getvalue()
        name = naming.edition_name(task.name, chosen, style, writer.extension)
        if name in names:
            raise OutputError(f"{task.name}: {names[name]} and {fmt} would both be called {name}. Leave one of them out.")
        names[name] = fmt
        with clock.stage("save"):
            part = files.stage(task.folder / name, data)
        outcome.editions.append(Edition(variant, fmt, name, str(part), hashlib.sha256(data).hexdigest(), len(data)))
        outcome.notices += [notice for notice in notices if notice not in outcome.notices]
    outcome.notices = [*(n for source in issue.sources for n in source.notices), *outcome.notices]
    outcome.summary = {**summary(issue), "seconds": {k: round(v, 4) for k, v in clock.stages.items()}, "pid": os.getpid()}


def summary(issue: Issue) -> dict[str, Any]:
    """The figures of the closing table and the report."""
    from convert.issue import Role
    from convert.ledger import Status

    effective = [edit for edit in issue.edits if edit.effective]
    joins: dict[int, list[int]] = {}
    for edit in effective:
        if any(rule.startswith(JOIN) for rule in edit.rule.split("+")):
            joins.setdefault(edit.source, []).append(edit.start)
    for starts in joins.values():
        starts.sort()
    mended = sum(
        any(_any_in(joins.get(span.source, []), span) for span in block.spans)
        for block in issue.blocks() if block.role is not Role.DROP
    )
    corrections = [e for e in effective if "".join(e.before.split()) != "".join(e.after.split())]
    asked = sum(1 for edit in issue.edits if edit.status is Status.SUGGESTED)
    return {
        "title": " ".join((naming_title(issue)).split())[:120],
        "language": issue.language,
        "characters": sum(len(source.text) for source in issue.sources),
        "articles": len(issue.articles),
        "mended": mended,
        "corrections": len(corrections),
        "queries": asked + sum(1 for query in issue.queries if query.state == "open"),
        "rules": dict(Counter(rule for edit in corrections for rule in edit.rule.split("+")).most_common()),
        "joins": sum(map(len, joins.values())),
        "moves": len(issue.moves),
        **told(issue),
    }


def told(issue: Issue) -> dict[str, Any]:
    """What is asked and which words were changed, for the report: `findings`, and under `more` how many were left out."""
    from convert.proofread.findings import telling

    found, more = telling(issue, FINDINGS)
    return {"findings": [{name: getattr(row, name) for name in TOLD} for row in found], "more": more} if found else {}


def naming_title(issue: Issue) -> str:
    """The issue's title as writers print it."""
    from convert.labels import issue_title

    return issue_title(issue)


def _any_in(starts: list[int], span: Span) -> bool:
    at = bisect_left(starts, span.start)
    return at < len(starts) and starts[at] < span.end
