"""Print what official OpenCC makes of texts, as hashes: the oracle our engine is tested against.

    python -m venv throwaway && throwaway/bin/pip install opencc==1.4.2     # never in this project's environment:
    python tools/opencc_oracle.py throwaway FILE... > tests/variants/data/oracle.tsv     # both are called `opencc`

One line a file and configuration: name of the file, configuration, SHA-256 of the converted UTF-8 text.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CONFIGURATIONS = (
    "s2t", "s2tw", "s2twp", "s2hk", "s2hkp", "t2tw", "t2hk", "t2s", "tw2t", "hk2t", "tw2s", "hk2s", "tw2sp", "hk2sp",
)
INSIDE = """
import hashlib, json, sys
from opencc import OpenCC
names, files = json.load(sys.stdin)
for name in names:
    convert = OpenCC(name).convert
    for file in files:
        text = open(file, encoding="utf-8", newline="").read()
        out = "\\n".join(convert(line) for line in text.split("\\n"))
        print(file.rsplit("/", 1)[-1], name, hashlib.sha256(out.encode()).hexdigest(), sep="\\t")
"""


def main(environment: Path, files: list[str]) -> None:
    """Run the official package in its own environment; the lines are converted one by one."""
    paths = [str(Path(file).resolve()) for file in files]
    done = subprocess.run(
        [environment / "bin/python", "-c", INSIDE],
        input=json.dumps([CONFIGURATIONS, paths]), text=True, capture_output=True, check=True,
    )
    print("# Hashes of what OpenCC 1.4.2 makes of texts; written by tools/opencc_oracle.py.")
    print("\n".join(sorted(done.stdout.splitlines())))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
