"""What the proofreader finds, and what it costs.

    python benchmarks/proofread.py                 # pages with known damage, their traps, speed and load
    python benchmarks/proofread.py --only sim --pages FOLDER --kind sim --kind sim2 --profile reading    # other pages, a profile
    python benchmarks/proofread.py --clean FILE    # false alarms on clean text of yours, one paragraph a line
    python benchmarks/proofread.py --only calibration [--readings FILE …]     # what a confidence is worth on held-out pages

Every figure is counted on the source: an injected error counts as applied where an effective row of the ledger covers it and
the text it leaves holds the right characters, as found where a row, applied or suggested, does.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from convert.issue import Article, Block, Issue, Role
from convert.laws import check_laws
from convert.ledger import Edit
from convert.options import ParseOptions
from convert.proofread import proofread
from convert.proofread.model import Model
from convert.source import Source, Span

HELD_OUT = Path(__file__).resolve().parent / "readings_bench.jsonl.gz"
SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def plain_issue(name: str, text: str, language: str = "zh-Hans") -> Issue:
    """One paragraph a line: the proofreader without a parser before it."""
    source = Source(name, text)
    blocks = tuple(
        Block(f"b{line.number}", Role.PARAGRAPH, text[line.start:line.end], (Span(0, line.start, line.end),))
        for line in source.lines if text[line.start:line.end].strip()
    )
    return Issue((source,), language, articles=(Article("a1", blocks),))


def parsed(path: Path, bare: bool) -> Issue:
    """The issue before proofreading, by the parser or bare."""
    if bare:
        text = path.read_text("utf-8")
        return plain_issue(path.stem, text, "zh-Hant-TW" if text.count("們") + text.count("這") > 2 else "zh-Hans")
    from convert import pipeline
    from convert.structure import structure

    return structure((pipeline.read(path),), ParseOptions())


def rows(path: Path) -> list[dict[str, str]]:
    """A table with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def covers(edit: Edit, start: int, end: int) -> bool:
    """Whether the row touches the range."""
    return edit.start < max(end, start + 1) and edit.end > start


def shown(text: str, edit: Edit) -> str:
    """The row with a few characters around it."""
    left, right = text[max(0, edit.start - 8):edit.start], text[edit.end:edit.end + 8]
    return f"{left}[{edit.before}→{edit.after}]{right} {edit.rule} {edit.confidence} {edit.status.value}".replace("\n", "|")


def own(edits: tuple[Edit, ...]) -> list[Edit]:
    """Rows of the proofreader."""
    return [e for e in edits if e.rule.split("+")[-1].split(":")[0] in RULES]


RULES = frozenset((
    "misprint", "look-alike", "misread", "sound-alike", "split", "figure-letter", "misread-dash", "doubled", "doubled-word",
    "consistency", "dropped", "extra", "unpaired-mark",
    "corrector",
))


@dataclass
class Tally:
    """Counts of one kind of error."""

    total: int = 0
    applied: int = 0
    found: int = 0
    wrong: int = 0


def simulated(
    bare: bool, verbose: bool, model: Model | None, folder: Path = SHARED / "bench/pages_dev", kinds: tuple[str, ...] = ("sim",),
    profile: str = "library",
) -> None:
    """Pages with injected errors, those of ../shared/bench where no others are given."""
    tallies: dict[str, Tally] = {}
    damage, asked, broken, characters, traps = 0, 0, 0, 0, 0
    rows_of = Counter[str]()
    for path in sorted(path for kind in kinds for path in folder.glob(f"*.{kind}.txt")):
        before = parsed(path, bare)
        text = before.sources[0].text
        characters += len(text)
        issue = proofread(before, ParseOptions(batch_model=model, profile=profile))
        check_laws(issue)
        edits = own(issue.edits)
        explained: set[str] = set()
        righted: set[str] = set()
        for row in rows(path.with_name(path.name.replace(".txt", ".errors.tsv"))):
            key = row["type"] + (":" + row["certainty"] if row["type"] == "confusion" else "")
            if row["type"] not in ("confusion", "doubled", "missing", "punct_missing"):
                continue
            tally = tallies.setdefault(key, Tally())
            tally.total += 1
            at = int(row["sim_off"])
            if at < 0:
                at = text.find(row["context"].replace(row["right"], "", 1)[:6])
                at = -100 if at < 0 else at + 6
            size = max(1, len(row["wrong"]))
            wider = row["type"] == "doubled"
            hits = [e for e in edits if covers(e, at - wider, at + size + wider)]
            good = [e for e in hits if repaired(row, text, e, at)]
            explained.update(e.id for e in hits)
            righted.update(e.id for e in good)
            tally.applied += any(e.effective for e in good)
            tally.found += bool(good)
            tally.wrong += bool(hits) and not good
            if verbose and not any(e.effective for e in good):
                told = [(e.before, e.after, e.rule, e.confidence) for e in hits]
                print(path.stem, "FOUND " if good else "missed",
                      *(row[k] for k in ("type", "certainty", "right", "wrong", "context")), told)
        for edit in edits:
            if edit.id not in explained:
                damage += edit.effective
                asked += not edit.effective
                if verbose:
                    print(path.stem, "DAMAGE" if edit.effective else "asked ", shown(text, edit))
        for edit in edits:
            rows_of["shown"] += 1
            rows_of["shown right"] += edit.id in righted
            rows_of["applied"] += edit.effective
            rows_of["applied right"] += edit.effective and edit.id in righted
        for row in rows(path.with_name(path.name.split(".")[0] + ".traps.tsv")):
            at = text.find(row["text"])
            while at >= 0:
                traps += 1
                broken += any(e.effective and covers(e, at, at + len(row["text"])) for e in edits)
                at = text.find(row["text"], at + 1)
    print(f"simulated pages, {characters} characters")
    for key, t in sorted(tallies.items()):
        share = f"applied {t.applied:3} ({t.applied / t.total:4.0%})  found {t.found:3} ({t.found / t.total:4.0%})"
        print(f"  {key:18} {t.total:3}  {share}  other fix {t.wrong}")
    print(f"  right characters damaged {damage}, other suggestions {asked}, traps broken {broken} of {traps}")
    for what in ("applied", "shown"):
        print(f"  of {rows_of[what]} {what} {rows_of[what + ' right']} right")


def repaired(row: dict[str, str], text: str, edit: Edit, at: int) -> bool:
    """Whether the row leaves the right characters where the error was."""
    if row["type"] == "doubled":
        return len(edit.after) == len(edit.before.replace("\n", "")) - len(row["right"]) and row["right"][0] in edit.before
    if row["type"] == "confusion":
        place = at - edit.start
        return len(edit.after) == len(edit.before) and edit.after[place:place + 1] == row["right"]
    return row["right"] in edit.after and len(edit.after) == len(edit.before) + 1


def real(bare: bool, verbose: bool) -> None:
    """The real pages with what editors said of them."""
    counts: Counter[tuple[str, str]] = Counter()
    for errata in sorted((SHARED / "gold").glob("*.errata.tsv")):
        path = SHARED / "seeds" / errata.name.replace(".errata.tsv", ".txt")
        before = parsed(path, bare)
        text = before.sources[0].text
        issue = proofread(before, ParseOptions())
        check_laws(issue)
        edits = own(issue.edits)
        flat, back = flatten(text)
        for row in rows(errata):
            wrong = flatten(row["wrong"])[0]
            context = flatten(row["context"])[0]
            where = flat.find(context)
            at = flat.find(wrong, max(0, where)) if where >= 0 else flat.find(wrong)
            kind = row["certainty"]
            counts[kind, "rows"] += 1
            if at < 0:
                counts[kind, "not located"] += 1
                continue
            start, end = back[at], back[at + len(wrong) - 1] + 1
            hits = [e for e in edits if covers(e, start, end)]
            counts[kind, "touched"] += bool(hits)
            counts[kind, "applied"] += any(e.effective for e in hits)
            right = flatten(row["right"])[0]
            fixed = [e for e in hits if right in flatten(text[max(0, start - 8):e.start] + e.after + text[e.end:end + 8])[0]]
            counts[kind, "right fix"] += bool(fixed) and kind != "keep"
            if verbose and (kind == "sure" or hits):
                print(errata.stem[:3], kind, row["wrong"], row["right"], [shown(text, e) for e in hits])
        counts["all", "characters"] += len(text)
        counts["all", "applied"] += sum(e.effective for e in edits)
        counts["all", "suggested"] += sum(not e.effective for e in edits)
        counts["all", "questions"] += len(issue.queries) - len(before.queries)
        if verbose:
            for e in edits:
                print("   ", shown(text, e))
            for q in issue.queries:
                print("   ?", q.kind, q.message)
    print("real pages", {f"{kind} {what}": n for (kind, what), n in sorted(counts.items())})


def flatten(text: str) -> tuple[str, list[int]]:
    """Text without white space and with half-width marks, and where each character was."""
    table = str.maketrans("，：；（）？！", ",:;()?!")
    kept = [(n, c) for n, c in enumerate(text.translate(table)) if not c.isspace()]
    return "".join(c for _, c in kept), [n for n, _ in kept]


def clean(path: Path, archive: bool, verbose: bool, limit: int, skip: int = 0) -> None:
    """False alarms on text taken to be right, in issues of about 7,000 characters; `archive`: each with a model of the others."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    issues: list[str] = [""]
    for line in lines:
        if len(issues[-1]) > 7000:
            issues.append("")
        issues[-1] += line + "\n"
    issues = issues[skip:]
    if limit:
        issues = issues[:limit]
    model = Model.of(issues) if archive else None
    counts: Counter[str] = Counter()
    characters = sum(map(len, issues))
    spent = time.process_time()
    for number, text in enumerate(issues):
        before = plain_issue(f"{path.stem}-{number}", text)
        issue = proofread(before, ParseOptions(batch_model=model))
        for e in own(issue.edits):
            counts[("applied " if e.effective else "suggested ") + e.rule] += 1
            if verbose:
                print(" ", shown(text, e))
        for q in issue.queries:
            counts["question " + q.kind] += 1
    spent = time.process_time() - spent
    for kind in ("applied", "suggested", "question"):
        total = sum(n for key, n in counts.items() if key.startswith(kind))
        rules = {k: n for k, n in counts.items() if k.startswith(kind)}
        print(f"{path.name}: {kind} {total} = {1e5 * total / characters:.1f} per 100,000", rules)
    print(f"{characters} characters, {characters / spent:.0f} a CPU second")


def cost() -> None:
    """Time and memory until the models are ready, in a fresh process."""
    program = (
        "import time; from pathlib import Path; t = time.process_time(); from convert.proofread import glyphs, misprints, run;"
        "from convert.proofread.index import bound, index; from convert import lexicon; b = time.process_time();"
        "lexicon.load(); index(); bound(); glyphs.load(); misprints.shipped(); e = time.process_time();"
        "peak = int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]) / 1024;"
        "print(f'modules {b - t:.3f} s, models {e - b:.3f} s CPU, {peak:.0f} MB at most')"
    )
    from convert import lexicon

    words, text = lexicon.load(), "全区建成便民工坊六十二处，月均服务居民一万四千人次，需求摸清了，难的是地方。" * 500
    start = time.process_time()
    words.segment(text)
    print(f"lexicon: {len(text) / (time.process_time() - start):.0f} characters a CPU second cut into words")
    print("load:", subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip())


def calibration(paths: list[Path]) -> None:
    """For each scored rule and bin of confidence how often it was right, on readings nothing was fitted or calibrated on.

    The readings that come with the benchmark are of five of its pages, printed and read by benchmarks/reocr.py.
    """
    from benchmarks.reocr import readings
    from tools.calibrate import gather, reliability

    rows = [row for path in paths or [HELD_OUT] for row in readings(path)]
    print(f"reliability on {sum(len(text) for _, text, _ in rows)} characters read again, with and without doubts and archive")
    said = gather(rows, final=True)
    everything = [pair for pairs in said.values() for pair in pairs]
    for rule, pairs in [*sorted(said.items()), ("all", everything)]:
        cells = (f"{mean:.2f}: {right} of {total} = {right / total:.2f}" for _, right, total, mean in reliability(pairs))
        print(f"  {rule:22}", " | ".join(cells))


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bare", action="store_true", help="one paragraph a line instead of the parser")
    parser.add_argument("--only", choices=("sim", "real", "clean", "cost", "calibration"))
    parser.add_argument("--pages", type=Path, default=SHARED / "bench/pages_dev", help="pages with injected errors")
    parser.add_argument("--kind", action="append", help="which damage of these pages: sim, sim2, …")
    parser.add_argument("--profile", default="library", help="archive, library or reading")
    parser.add_argument("--readings", type=Path, nargs="*", default=[], help="what benchmarks/reocr.py made, for calibration")
    parser.add_argument("--clean", type=Path, help="text taken to be right")
    parser.add_argument("--archive", action="store_true", help="with a model of the text, the page at hand left out")
    parser.add_argument("--limit", type=int, default=0, help="issues of the clean text to read")
    parser.add_argument("--skip", type=int, default=0, help="issues of the clean text to pass over")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    if options.only in (None, "sim"):
        kinds = tuple(options.kind or ["sim"])
        simulated(options.bare, options.verbose, None, options.pages, kinds, options.profile)
    if options.only in (None, "real"):
        real(options.bare, options.verbose)
    if options.clean:
        clean(options.clean, options.archive, options.verbose, options.limit, options.skip)
    if options.only in (None, "calibration"):
        calibration(options.readings)
    if options.only in (None, "cost"):
        cost()


if __name__ == "__main__":
    main()
