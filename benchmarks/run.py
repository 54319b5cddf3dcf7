"""Speed against peers: the same editions by Reissue and by opencc + pandoc + typst, interleaved, in CPU seconds.

    make bench                                   everything that can be run here, in less than ten minutes; at the end all bars
    python benchmarks/run.py one forty --rounds 5
    python benchmarks/run.py parser fresh scale memory

Peers are looked for on PATH (`opencc`, `pandoc`, `soffice`) and, for typst, in the Python of `--typst` (pip install typst in an
environment of its own).  A peer that is not there is left out and said so.  Peers mend nothing: they only convert and typeset.
CPU time is user + system of all processes of a job (`getrusage`), medians of the rounds; nothing else should run meanwhile.
Our modules are compiled to bytecode beforehand, as pip does when it installs them.
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CONFIGS = {"cn": None, "t": "s2t", "tw": "s2tw", "twp": "s2twp", "hk": "s2hk"}
REISSUE = [sys.executable, "-c", "from convert.cli import main; main()"]
TYPST = """
import sys, typst
for path in sys.argv[2:]:
    typst.compile(path, output=path[:-4] + ".pdf", font_paths=[sys.argv[1]], ignore_system_fonts=True)
"""


@dataclass(frozen=True)
class Bar:
    """A figure and what it is to be: at most `target`, or at least where `least`."""

    what: str
    value: float
    target: float
    unit: str = ""
    least: bool = False

    def __str__(self) -> str:
        met = self.value >= self.target if self.least else self.value <= self.target
        sign = ">=" if self.least else "<="
        return f"  {self.what:52} {self.value:12,.2f}   bar {sign} {self.target:,g} {self.unit:18} {'met' if met else 'MISSED'}"


def pages() -> list[Path]:
    """Real pages where they lie beside the checkout, else the sample issues."""
    real = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
    ours = [path for path in sorted((ROOT / "seeds").glob("*.txt")) if path.stem.startswith(("linjiang", "yunlu", "kepu"))]
    return real or ours


def corpus(folder: Path, count: int, characters: int | None = None) -> Path:
    """`count` issues, no two alike, of at most so many characters."""
    folder.mkdir(parents=True)
    texts = [path.read_text(encoding="utf-8") for path in pages()]
    for number in range(count):
        text = texts[number % len(texts)][:characters]
        (folder / f"issue-{number:04}.txt").write_text(f"{text.rstrip()}\n\n第{number + 1}期\n", encoding="utf-8")
    return folder


def cpu(job: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds of a job's child processes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    job()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - start


def run(*command: object, **more: object) -> None:
    """A command that must succeed."""
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, **more)  # type: ignore[call-overload]


def reissue_convert(page: Path, out: Path, *more: str) -> None:
    """One issue to fifteen editions, from a cold start."""
    run(*REISSUE, "convert", page, "-o", out, "--variant", "all", "--overwrite", "-q", "--jobs", "1", *more)


def reissue_build(folder: Path, out: Path, *more: str) -> None:
    """A folder to fifteen editions an issue."""
    run(*REISSUE, "build", folder, "-o", out, "--variant", "all", "-q", *more, stderr=subprocess.DEVNULL)


def in_variant(page: Path, variant: str, config: str | None, out: Path) -> Path:
    """The page's text in a variant, by the opencc command; None is the page as it is."""
    plain = out / f"{page.stem}.{variant}.txt"
    if config is None:
        shutil.copyfile(page, plain)
    else:
        run("opencc", "-c", f"{config}.json", "-i", page, "-o", plain)
    return plain


def peer(pages_: list[Path], out: Path, typst: str) -> None:
    """opencc, pandoc and typst as a careful script would call them: one opencc a variant and page, one typst process."""
    out.mkdir(parents=True, exist_ok=True)
    sources: list[str] = []
    for page in pages_:
        for variant, config in CONFIGS.items():
            plain = in_variant(page, variant, config, out)
            text = plain.read_text(encoding="utf-8")
            for form in ("docx", "epub"):
                title = f"title={page.stem}"
                run("pandoc", "-f", "markdown", "-t", form, "--metadata", title, plain, "-o", plain.with_suffix("." + form))
            body = "".join("\\" + c if c in "#*_`$<>@=-+/\\[]~" else c for c in text)
            region = "SC" if config is None else "TC"
            font = f'font: "Noto Serif {region}", lang: "zh", size: 10pt'
            head = f"#set page(columns: 2)\n#set text({font})\n#set par(justify: true)\n"
            source = plain.with_suffix(".typ")
            source.write_text(head + body, encoding="utf-8")
            sources.append(str(source))
    run(typst, "-c", TYPST, fonts(), *sources)


def office(pages_: list[Path], out: Path) -> None:
    """LibreOffice, one process a format for all files (conversion of script by opencc)."""
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for page in pages_:
        for variant, config in CONFIGS.items():
            plain = in_variant(page, variant, config, out)
            files.append(plain)
    profile = f"-env:UserInstallation=file://{out}/profile"
    for form in ("docx", "pdf", "epub"):
        read = "--infilter=Text (encoded):UTF8,LF,,zh-CN,"
        command = ("soffice", profile, "--headless", read, "--convert-to", form, "--outdir", out)
        run(*command, *files, stderr=subprocess.DEVNULL)


def fonts() -> str:
    """The folder of the fonts Reissue itself uses."""
    from convert.typeset.fonts.library import font_set

    return os.path.commonpath([str(found.face.path) for region in ("CN", "TW") for found in font_set(region).found])


def compare(title: str, jobs: dict[str, Callable[[Path], None]], rounds: int, files: int) -> dict[str, float]:
    """Run jobs in turn, round after round; print medians, and return the ratios to the peer."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                times[name].append(cpu(lambda job=job, folder=folder: job(Path(folder) / "out"))[0])  # type: ignore[misc]
    base = statistics.median(times["opencc+pandoc+typst"]) if "opencc+pandoc+typst" in times else None
    print(f"\n{title} ({files} files, {rounds} rounds)", flush=True)
    ratios: dict[str, float] = {}
    for name, values in times.items():
        middle = statistics.median(values)
        if base:
            ratios[name] = middle / base
        ratio = f"   ratio {ratios[name]:.2f}" if base and name != "opencc+pandoc+typst" else ""
        print(f"  {name:38} {middle:8.2f} CPU s   [{min(values):.2f}-{max(values):.2f}]{ratio}")
    return ratios


def peers(typst: str | None, files: list[Path], libre: bool) -> dict[str, Callable[[Path], None]]:
    """The peers that can be run here."""
    found: dict[str, Callable[[Path], None]] = {}
    if shutil.which("opencc") and shutil.which("pandoc") and typst:
        found["opencc+pandoc+typst"] = lambda out: peer(files, out, typst)
    else:
        print("opencc, pandoc or typst is missing (apt install opencc pandoc; --typst PYTHON): no ratio")
    if libre and shutil.which("soffice") and shutil.which("opencc"):
        found["opencc+LibreOffice"] = lambda out: office(files, out)
    return found


def one(options: argparse.Namespace) -> list[Bar]:
    """One issue, five variants, three formats, cold."""
    page = pages()[0]
    jobs = {
        **peers(options.typst, [page], libre=True),
        "reissue": lambda out: reissue_convert(page, out),
        "reissue, proofreading off": lambda out: reissue_convert(page, out, "--profile", "off"),
        "python -c 'import typer'": lambda out: run(sys.executable, "-c", "import typer"),
        "reissue --version": lambda out: run(*REISSUE, "--version"),
    }
    ratios = compare("One issue, cold", jobs, options.rounds, 15)
    return [Bar("one issue cold, CPU against opencc+pandoc+typst", ratios["reissue"], 1.0)] if ratios else []


def forty(options: argparse.Namespace) -> list[Bar]:
    """Forty issues."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        seeds = corpus(Path(folder) / "seeds", options.issues)
        files = sorted(seeds.glob("*.txt"))
        jobs = {
            **peers(options.typst, files, libre=False),
            "reissue, everything on": lambda out: reissue_build(seeds, out),
            "reissue, proofreading off": lambda out: reissue_build(seeds, out, "--profile", "off"),
        }
        ratios = compare(f"{options.issues} issues", jobs, max(1, options.rounds // 3), options.issues * 15)
    if not ratios:
        return []
    return [
        Bar(f"{options.issues} issues, everything on, CPU against the same", ratios["reissue, everything on"], 0.65),
        Bar(f"{options.issues} issues, proofreading off", ratios["reissue, proofreading off"], 0.50),
    ]


def parser(options: argparse.Namespace) -> list[Bar]:
    """Characters a second a core, and whether time grows as the text does."""
    from convert import pipeline
    from convert.options import ParseOptions

    sources = [pipeline.read(path) for path in pages()]
    print("\nParser", flush=True)
    bars: list[Bar] = []
    for profile, target in (("off", 150_000), ("library", 30_000)):
        for source in sources:
            pipeline.parse(source, ParseOptions(profile=profile))
        best = []
        for _ in range(options.rounds):
            start = time.process_time()
            for source in sources:
                pipeline.parse(source, ParseOptions(profile=profile))
            best.append(sum(len(source.text) for source in sources) / (time.process_time() - start))
        print(f"  proofreading {profile:8} {statistics.median(best):10,.0f} characters a second")
        bars.append(Bar(f"parser, proofreading {profile}", statistics.median(best), target, "characters/s", least=True))
    text = "\n".join(source.text for source in sources)
    page, each = statistics.mean(len(source.text) for source in sources), 1 / bars[0].value
    for length in (100_000, 1_000_000, options.longest):
        long = (text * (length // len(text) + 1))[:length]
        source = pipeline.read(long.encode(), "long.txt")
        start = time.process_time()
        pipeline.parse(source, ParseOptions(profile="off"))
        seconds = time.process_time() - start
        print(f"  {length:10,} characters: {seconds:7.2f} s, {length / seconds:10,.0f} a second (a page has {page:,.0f})")
    bars.append(Bar(f"time a character, {options.longest:,} characters against a page", seconds / options.longest / each, 1.5))
    return bars


def fresh(options: argparse.Namespace) -> list[Bar]:
    """An unchanged build of a thousand issues."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        seeds, out = corpus(Path(folder) / "seeds", 1000, 300), Path(folder) / "out"
        more = ("--variant", "cn,tw,hk", "--to", "text,json,tsv", "--profile", "off", "-q")

        def job() -> None:
            run(*REISSUE, "build", seeds, "-o", out, *more, stderr=subprocess.DEVNULL)

        cost, _ = cpu(job)
        print(f"\nUnchanged build of 1,000 issues, 9,000 files (made in {cost:.1f} CPU s)")
        times = [cpu(job) for _ in range(options.rounds)]
        spent, clock = (statistics.median(values) for values in zip(*times, strict=True))
        print(f"  {spent:.2f} CPU s, {clock:.2f} s on the clock", flush=True)
    return [Bar("unchanged build of 1,000 issues", spent, 1.0, "CPU s")]


def scale(options: argparse.Namespace) -> list[Bar]:
    """How much quicker two processes are than one (on the clock: run it on a quiet machine)."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        seeds = corpus(Path(folder) / "seeds", options.issues)
        walls: dict[int, list[float]] = {1: [], 2: []}
        for turn in range(max(1, options.rounds // 2)):
            for jobs in walls:
                out = Path(folder) / f"out{turn}{jobs}"
                walls[jobs].append(cpu(lambda jobs=jobs, out=out: reissue_build(seeds, out, "--jobs", str(jobs)))[1])  # type: ignore[misc]
        single, double = (statistics.median(walls[jobs]) for jobs in walls)
        print(f"\nScaling: {single:.1f} s with one process, {double:.1f} s with two: {single / double:.2f}", flush=True)
    return [Bar("two processes against one, on the clock", single / double, 1.8, least=True)]


def memory(options: argparse.Namespace) -> list[Bar]:
    """Largest resident memory of one process: 40 whole pages to 15 editions each, then 40 and a thousand parts of pages to 6."""
    print("\nMemory of a worker")
    # Linux: the peak of this program alone; `ru_maxrss` would count the process it was forked from, which may have parsed much.
    code = ("import sys; from convert.cli.guard import guarded; guarded(sys.argv[1:]); "
            "print(next(int(row.split()[1]) // 1024 for row in open('/proc/self/status') if row.startswith('VmHWM')))")
    found: list[int] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        started = []  # side by side: memory is no dearer for it, and the thousand take minutes
        builds = (40, None, "all"), (40, PART, "cn,tw"), (options.many, PART, "cn,tw")
        for number, (count, characters, variants) in enumerate(builds):
            seeds, out = corpus(Path(folder) / f"seeds{number}", count, characters), Path(folder) / f"out{number}"
            command = ["build", seeds, "-o", out, "--variant", variants, "--jobs", "1", "-q"]
            process = subprocess.Popen([sys.executable, "-c", code, *map(str, command)], stdout=subprocess.PIPE, text=True)
            started.append((count, characters, process))
        for count, characters, process in started:
            said, _ = process.communicate()
            found.append(int(said.split()[-1]))
            print(f"  {count:6,} issues of {characters or 'all'} characters: {found[-1]} MiB", flush=True)
    return [
        Bar("memory of a worker", max(found), 200, "MiB"),
        Bar(f"memory at {options.many:,} issues against 40", found[2] / found[1], 1.1),
    ]


PART = 1500
"""Characters of the issues a thousand of which are built: with whole pages it would take a quarter of an hour."""

JOBS = {"one": one, "forty": forty, "parser": parser, "fresh": fresh, "scale": scale, "memory": memory}


def main() -> None:
    """Run the named jobs, or all."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("jobs", nargs="*", help=", ".join(JOBS))
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--issues", type=int, default=40)
    options.add_argument("--many", type=int, default=1000)
    options.add_argument("--longest", type=int, default=5_000_000)
    options.add_argument("--typst", default=os.environ.get("TYPST_PYTHON"), help="a Python that has the package typst")
    given = options.parse_args()
    wanted = given.jobs or list(JOBS)
    for name in wanted:
        if name not in JOBS:
            options.error(f"there is no job {name}: {', '.join(JOBS)}")
    compileall.compile_dir(ROOT / "convert", quiet=1)
    bars = [bar for name in wanted for bar in JOBS[name](given)]
    print("\nBars")
    for bar in bars:
        print(bar)


if __name__ == "__main__":
    main()
