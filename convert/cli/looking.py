"""`check`, `proof`, `variant`, `learn`: commands that read an issue and write one thing."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from convert.batch.recipe import Recipe
from convert.batch.task import Clock, Task, describe, read_issue
from convert.cli import console
from convert.cli.making import STDIN, stdin_file, tasks_of
from convert.errors import ExitCode, ReissueError, UsageError
from convert.issue import Issue
from convert.ledger import Status
from convert.sidecars import SHARED, Sidecars, errata


def expand(inputs: list[Path]) -> list[Path]:
    """Folders replaced by the issues in them.  Raises `UsageError` where there are none."""
    from convert.batch import find

    paths: list[Path] = []
    for path in inputs:
        paths += [issue.path for issue in find.issues(path)] if path.is_dir() else [path]
    if not paths:
        raise UsageError(f"No issue was found in {inputs[0]}.")
    return paths


def _issues(inputs: list[Path], recipe: Recipe) -> list[tuple[Task, Issue | None, Sidecars, int]]:
    """Each input parsed, with what its sidecars say; a failure is said and its code kept."""
    found: list[tuple[Task, Issue | None, Sidecars, int]] = []
    with stdin_file(inputs) as paths:
        for task in tasks_of(paths, None, recipe, None, inputs):
            try:
                found.append((task, *read_issue(task, Clock()), 0))
            except ReissueError as error:
                sentence, code, _ = describe(error, task.name)
                console.say(sentence)
                found.append((task, None, recipe.base(), code))
    return found


def _code(codes: list[int], findings: bool) -> int:
    bad = [code for code in codes if code]
    if bad and len(bad) == len(codes) and len(set(bad)) == 1:
        return bad[0]
    return int(ExitCode.FINDINGS if bad or findings else ExitCode.DONE)


def check(inputs: list[Path], recipe: Recipe, *, form: str, diff: bool, explain: bool) -> int:
    """What would be changed and what is asked."""
    from convert.proofread.report import COLOURS, render

    found = _issues(expand(inputs), recipe)
    asked = False
    for _, issue, _, _ in found:
        if issue is not None:
            console.write(sys.stdout, render(issue, form, diff=diff, explain=explain).rstrip("\n"), COLOURS if diff else ())
            asked = asked or any(query.state == "open" for query in issue.queries)
            asked = asked or any(edit.status is Status.SUGGESTED for edit in issue.edits)
    return _code([code for *_, code in found], asked)


def check_variants(inputs: list[Path], recipe: Recipe, names: tuple[str, ...], *, form: str) -> int:
    """What is doubtful in the variants, ranked, with both readings; and rows of the project's glossary nobody uses."""
    from convert import pipeline
    from convert.cli.doubts import report
    from convert.variants.glossary import unused

    if form not in ("text", "json", "tsv"):
        raise UsageError(f"Doubtful conversions are reported as text, json or tsv, not as “{form}”.")
    found = _issues(expand(inputs), recipe)
    made, idle = [], None
    for _, issue, said, _ in found:
        if issue is None:
            continue
        style = recipe.loaded_style(said)
        for name in names:
            made.append(pipeline.to_variant(issue, name, pipeline.in_house(said.variant, style, name)))
        rows = set(unused([row for row in said.variant.glossary if row.level == "project"], issue))
        idle = rows if idle is None else idle & rows
    console.write(sys.stdout, report(made, form).rstrip("\n"))
    if idle:
        words = "、".join(sorted(row.source for row in idle))
        console.say(f"The project's glossary has {len(idle)} rows that nothing here uses: {words}.")
    asked = any(query.state == "open" for issue in made for query in issue.queries)
    asked = asked or any(row.status is Status.SUGGESTED for issue in made for row in issue.changes)
    return _code([code for *_, code in found], asked)


def save(data: bytes, target: str | Path, overwrite: bool) -> None:
    """One result to a file or to standard output, never over a file that is not ours."""
    if str(target) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    import hashlib

    from convert.batch.files import write_atomic
    from convert.batch.written import Written

    path, sha, record = Path(target), hashlib.sha256(data).hexdigest(), Written()
    try:
        record.may_replace(path, sha, overwrite)
        write_atomic(path, data)
        record.note([(path, sha)])
    finally:
        record.close()


def proof(source: Path, out: str | None, recipe: Recipe, *, images: Path | None, overwrite: bool) -> int:
    """The proof page of one issue, or of the one variant the recipe names."""
    from convert import naming, pipeline
    from convert.proofread.proof import proof_page

    if images is not None and not images.is_dir():
        raise UsageError(f"There is no folder {images}.")
    if len(recipe.variants or ()) > 1:
        raise UsageError("A proof page shows one variant. Name one with --variant, or none for the issue itself.")
    (task, issue, said, code), = _issues([source], recipe)
    if issue is None:
        return code
    for name in recipe.variants or ():
        issue = pipeline.to_variant(issue, name, pipeline.in_house(said.variant, recipe.loaded_style(said), name))
    own = [path for kind, path in task.files if kind == "errata" and path.name != SHARED["errata"]]
    decisions = [decision for path in own for decision in errata(path)]
    target = out or str(task.folder / f"{naming.stem(task.name)}{f'.{issue.variant}' if issue.parent else ''}.proof.html")
    beside = source.parent if source != STDIN else None  # scans lie beside what was read from them
    save(proof_page(issue, images=images or beside, decisions=decisions).encode("utf-8", "replace"), target, overwrite)
    if target != "-":
        console.write(sys.stdout, target)
    return 0


def variant(name: str, source: Path, out: str, recipe: Recipe, *, overwrite: bool) -> int:
    """Plain text to a variant, line for line."""
    from convert import pipeline, sidecars
    from convert.variants import convert_text, table

    table.variant(name)
    said = sidecars.load(recipe.extra, recipe.base())
    if source == STDIN:
        data = sys.stdin.buffer.read()
        text = pipeline.read(data, "stdin.txt", said.read).text if data.strip() else data.decode("utf-8", "replace")
    else:
        text = pipeline.read(source, None, said.read).text
    save(convert_text(text, name, said.variant).text.encode("utf-8", "replace"), out, overwrite)
    return 0


def learn(inputs: list[Path], out: Path, recipe: Recipe, *, overwrite: bool) -> int:
    """A model of an archive from its texts."""
    from convert import pipeline
    from convert.proofread import model

    paths = expand(inputs)
    with tempfile.TemporaryDirectory(prefix="reissue-") as folder:
        made = Path(folder) / "model"
        grams = model.learn((pipeline.read(path, path.name, recipe.read).text for path in paths), made)
        save(made.read_bytes(), out, overwrite)
    console.say(f"Learned {grams:,} sequences from {len(paths)} issues. Use it with --model {out}.")
    return 0
