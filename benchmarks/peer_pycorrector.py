"""pycorrector (Apache-2.0) as a peer: run by the interpreter of an environment it is installed in, never by ours.

    python3 -m venv V && V/bin/pip install pycorrector kenlm torch        # the parts that need no download
    python benchmarks/reocr.py score OUT.jsonl --pycorrector V/bin/python --counts TEXT

Its correctors fetch their models when first used: `Corrector` a KenLM file of 2.95 GB, `MacBertCorrector` weights from a model
hub.  Where they cannot be had, `Corrector` is given a character 3-gram counted over `--counts`, as text it has learned from;
`ProperCorrector` (idioms and names from its own lists) works as installed.  Reads one JSON list of texts, writes for each
corrector its name and either the corrected texts or why there are none.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

DISCOUNT = 0.75


def arpa(text: str, out: Path) -> None:
    """A character 3-gram with absolute discounting, in the format KenLM reads; threes seen once are left out."""
    counts: list[Counter[str]] = [Counter(), Counter(), Counter()]
    for line in text.splitlines():
        for size in (1, 2, 3):
            counts[size - 1].update(line[at:at + size] for at in range(len(line) - size + 1) if not line[at:at + size].isspace())
    counts[2] = Counter({gram: number for gram, number in counts[2].items() if number > 1})
    total = sum(counts[0].values())
    below = {gram: number / (total + 1) for gram, number in counts[0].items() if not gram.isspace()}
    tables = [dict(below)]
    weights: list[dict[str, float]] = []
    for size in (2, 3):
        mine = {g: n for g, n in counts[size - 1].items() if " " not in g and g[1:] in tables[-1] and g[:-1] in tables[-1]}
        heads, kinds = Counter[str](), Counter[str]()
        for gram, number in mine.items():
            heads[gram[:-1]] += number
            kinds[gram[:-1]] += 1
        weights.append({head: DISCOUNT * kinds[head] / heads[head] for head in heads})
        lower = tables[-1]
        tables.append({g: (n - DISCOUNT) / heads[g[:-1]] + weights[-1][g[:-1]] * lower[g[1:]] for g, n in mine.items()})
    lines = ["\\data\\", f"ngram 1={len(tables[0]) + 3}", *(f"ngram {n}={len(tables[n - 1])}" for n in (2, 3))]
    for size, table in enumerate(tables, 1):
        lines += ["", f"\\{size}-grams:"]
        if size == 1:
            lines += ["-7\t<unk>", "-99\t<s>\t0", "-7\t</s>"]
        back = weights[size - 1] if size < 3 else {}
        for gram, chance in table.items():
            tail = f"\t{math.log10(min(1.0, back.get(gram, 1.0))):.4f}" if size < 3 else ""
            lines.append(f"{math.log10(chance):.4f}\t{' '.join(gram)}{tail}")
    out.write_text("\n".join([*lines, "", "\\end\\", ""]), "utf-8")


def ask(python: str, texts: list[str], counts: Path | None) -> dict[str, list[str] | str]:
    """By corrector the texts as it would have them, or why it cannot be asked."""
    command = [python, str(Path(__file__).resolve()), *([str(counts)] if counts else [])]
    run = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True)
    if run.returncode:
        return {"pycorrector": run.stderr.strip().splitlines()[-1]}
    found: dict[str, list[str] | str] = json.loads(run.stdout.splitlines()[-1])
    return found


def answer(counts: str) -> None:
    """In its own environment: correct what stands on standard input."""
    texts = json.load(sys.stdin)
    from pycorrector import Corrector, MacBertCorrector, ProperCorrector

    found: dict[str, list[str] | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        made = {"ProperCorrector": ProperCorrector, "MacBertCorrector": MacBertCorrector, "Corrector, its own model": Corrector}
        if counts:
            model = Path(folder) / "3.arpa"
            arpa(Path(counts).read_text("utf-8"), model)
            made["Corrector, 3-gram of the text given"] = lambda: Corrector(language_model_path=str(model))
        for name, make in made.items():
            try:
                corrector = make()
                found[name] = [corrector.correct(text)["target"] for text in texts]
            except Exception as error:  # whatever a peer raises is its answer
                found[name] = f"{type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else ''}"
    print("\n" + json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="?", default="", help="text to count a character 3-gram over")
    answer(parser.parse_args().counts)
