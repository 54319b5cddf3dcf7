"""Speed and quality of conversion: `python benchmarks/variants.py [--review]`.

Times are CPU seconds, best of three, engines taking turns in one process.  Quality is measured on the lists beside the
checkout (`../shared/opencc`, `../shared/seeds`) where they are; without them only speed is printed.  `--review` also
prints what the editor would be asked about each page.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from convert.options import VariantOptions
from convert.variants import convert_text, dictionaries, engine

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NAMES = {"s2t": "t", "s2tw": "tw", "s2twp": "twp", "s2hk": "hk", "s2hkp": "hkp"}
OFF = VariantOptions(register="plain", resolver=False, quotes=False)
CURLY = str.maketrans("「」『』", "“”‘’")
LOAD = """
import time
start = time.process_time()
from convert.variants import convert_text{what}
print(time.process_time() - start)
"""


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def layered(text: str, variant: str, options: VariantOptions | None = None) -> str:
    return convert_text(text, variant, options, language="zh-Hans").text


def speed(text: str) -> None:
    """Characters a second of the exact engine, of all layers, and of the fixed package."""
    from opencc import OpenCC

    print(f"{'':8}{'exact':>10}{'layers':>10}{'package':>10}{'exact/package':>15}   thousand characters a CPU second")
    for name in ("s2t", "s2tw", "s2twp", "s2hk"):
        package, chain = OpenCC(name), engine.chain(name)
        ways: list[Callable[[], object]] = [
            lambda chain=chain: chain.convert(text), lambda name=name: layered(text, NAMES[name]),
            lambda package=package: package.convert(text),
        ]
        best = [9e9] * 3
        for _ in range(3):
            best = [min(old, seconds(way)) for old, way in zip(best, ways, strict=True)]
        rates = [len(text) / 1000 / value for value in best]
        print(f"{name:8}{rates[0]:10.0f}{rates[1]:10.0f}{rates[2]:10.0f}{rates[0] / rates[2]:15.1f}")


def load() -> None:
    """CPU seconds to import and make configurations ready, in fresh processes."""
    exact = ", engine\nfor name in engine.CONFIGURATIONS: engine.chain(name).convert('发')"
    full = "\nfor name in ('t', 'tw', 'twp', 'hk', 'hkp'): convert_text('发', name, language='zh-Hans')"
    for label, what in (("import alone", ""), ("14 configurations, exact", exact), ("5 variants, all layers", full)):
        runs = [
            float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            for command in [[sys.executable, "-c", LOAD.format(what=what)]] * 3
        ]
        print(f"load: {label:26}{min(runs) * 1000:6.0f} ms")


def linear() -> None:
    """Time for unbroken text of growing length."""
    unit = "爱心理发人人参与项目一发布干垃圾余先生后来面对只系里程"
    for label, way in (("exact", engine.chain("s2tw").convert), ("layers", lambda text: layered(text, "tw"))):
        texts = [unit * (size // len(unit)) for size in (125_000, 250_000, 500_000, 1_000_000)]
        times = [seconds(lambda text=text, way=way: way(text)) for text in texts]
        print(f"unbroken text, 1/8 to 1 million characters, {label}: " + " ".join(f"{value:.2f} s" for value in times))


def quality() -> None:
    """The lists beside the checkout."""
    folder = SHARED / "opencc"
    text = (folder / "testcases.json").read_text("utf-8")
    cases = json.loads(re.sub(r",(\s*[\]}])", r"\1", text))["cases"]
    rows = [(name, case["input"], want) for case in cases for name, want in case["expected"].items() if "jp" not in name]
    right = sum(engine.chain(name).convert(source) == want for name, source, want in rows)
    print(f"OpenCC's own cases, layers off: {right}/{len(rows)}")
    forms = [row for row in rows if row[0] in ("s2t", "s2tw", "s2hk")]
    plain = VariantOptions(quotes=False)
    right = sum(layered(source, NAMES[name], plain) == want for name, source, want in forms)
    print(f"OpenCC's own cases that change forms only, layers on: {right}/{len(forms)}")
    with (folder / "cases_dev.tsv").open(encoding="utf-8", newline="") as file:
        sentences = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    right = sum(layered(s["source"], NAMES[s["config"]]).translate(CURLY) == s["expected"] for s in sentences)
    print(f"newspaper sentences: {right}/{len(sentences)}")


def read() -> None:
    """Errors for every 1,000 one-to-many characters on our own pages, whose answers an editor gave (docs/variants.md)."""
    folder = ROOT / "tests/variants/data/press"
    many = dictionaries.one_to_many()
    off = VariantOptions(register="plain", resolver=False)
    for group in ("dev", "held", "last", "second"):
        for variant in ("tw", "hk"):
            size, wrong = 0, [0, 0]
            for path in sorted(folder.glob(f"{group}*.cn.txt")):
                text, want = path.read_text("utf-8"), path.with_name(path.name.replace(".cn.", f".{variant}.")).read_text("utf-8")
                size += sum(map(many.__contains__, text))
                for at, options in enumerate((off, None)):
                    wrong[at] += sum(a != b for a, b in zip(want, layered(text, variant, options), strict=True))
            alone, layers = (1000 * count / size for count in wrong)
            print(f"own pages, {group} {variant}: errors per 1,000 of {size}: {alone:.1f} OpenCC, {layers:.1f} layers")


def pages(review: bool) -> None:
    """What the editor is asked about each real page, and what a round trip changes."""
    sys.path.insert(0, str(ROOT))
    from convert.ledger import Status
    from convert.pipeline import to_variant
    from tests.gold_issue import issue_of

    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        issue = issue_of("article\n" + "".join(f"paragraph\t{line}\n" for line in text.splitlines() if line.strip()))
        done = to_variant(issue, "tw")
        asked = [row for row in done.changes if row.status is Status.SUGGESTED]
        trips = []
        for variant, language in (("t", "zh-Hant"), ("tw", "zh-Hant-TW"), ("hk", "zh-Hant-HK")):
            there = layered(text, variant, VariantOptions(quotes=False))
            back = convert_text(there, "cn", VariantOptions(quotes=False), language=language).text
            trips.append(sum(a != b for a, b in zip(text, back, strict=True)))
        print(f"{path.stem[:3]}: {len(text)} characters, {len(asked)} doubtful, round trip t tw hk: {trips}")
        if review:
            for row in sorted(asked, key=lambda row: -row.confidence):
                print(f"     {row.confidence:.2f} {row.before} → {row.after}  {row.why}")


def main() -> None:
    """All of it, in the order a reader asks: how fast to load, how fast to run, how well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--review", action="store_true", help="print what the editor would be asked about each page")
    options = parser.parse_args()
    load()
    linear()
    sample = SHARED / "seeds"
    own = "".join(path.read_text("utf-8") for path in sorted((ROOT / "tests/variants/data").glob("page0[12346].txt")))
    speed("".join(path.read_text("utf-8") for path in sorted(sample.glob("*.txt"))) * 3 if sample.is_dir() else own * 10)
    read()
    if sample.is_dir():
        quality()
        pages(options.review)


if __name__ == "__main__":
    main()
