"""Write the delta that brings the dictionaries of opencc-python-reimplemented to the current OpenCC tables.

    python -m venv throwaway && throwaway/bin/pip install opencc==1.4.2     # never in this project's environment:
    python tools/opencc_delta.py throwaway                                  # both packages are called `opencc`

The official wheel holds its tables in binary form and its own `opencc_dict` that prints them.  A delta file has one
line an entry, `key TAB value` to set and `key TAB` alone to remove.  Only the first candidate of a phrase is kept;
of characters all candidates, because they say which characters are one-to-many.  `MANIFEST.tsv` beside the deltas
names the tables, the number of entries they must have once the delta is applied, and the hash of the base file.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "convert/variants/data/opencc"
TABLES = (
    "CJK_Compatibility_Ideographs", "STCharacters", "STPhrases", "STPhrases_GeneratedFromRegionalPhrases",
    "TSCharacters", "TSCharactersExt", "TSPhrases", "TWPhrases", "TWPhrasesRev", "TWVariants", "TWVariantsPhrases",
    "TWVariantsRev", "TWVariantsRevPhrases", "HKPhrases", "HKPhrasesRev", "HKVariants", "HKVariantsPhrases",
    "HKVariantsRev", "HKVariantsRevPhrases",
)
HEADER = """\
# {table}: from opencc-python-reimplemented {base} to OpenCC {current}.  Written by tools/opencc_delta.py; do not edit.
# Source: OpenCC, https://github.com/BYVoid/OpenCC, Copyright (c) 2010 Carbo Kuo and contributors, Apache License 2.0.
"""


def entries(text: str, keep_all: bool) -> dict[str, str]:
    """The entries of a table in OpenCC's text form: candidates are separated by spaces, the first is the default."""
    rows = (line.partition("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {key: value if keep_all else value.split(" ")[0] for key, _, value in rows if key and value}


def current(environment: Path, table: str, keep_all: bool) -> dict[str, str]:
    """A table of the official wheel, printed by the wheel's own tool."""
    [home] = environment.glob("lib/python3*/site-packages/opencc/clib")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "table.txt"
        binary = home / "share/opencc" / f"{table}.ocd2"
        command = [home / "bin/opencc_dict", "-i", binary, "-f", "ocd2", "-o", out, "-t", "text"]
        subprocess.run(command, check=True, capture_output=True)
        return entries(out.read_text("utf-8"), keep_all)


def version(environment: Path, package: str) -> str:
    """The version of an installed package, read from the name of its metadata folder."""
    [found] = environment.glob(f"lib/python3*/site-packages/{package}-*.dist-info")
    return found.name.removesuffix(".dist-info").rsplit("-", 1)[1]


def main(environment: Path) -> None:
    """Write every delta and the manifest."""
    spec = find_spec("opencc")
    assert spec is not None and spec.origin is not None
    base_home = Path(spec.origin).parent / "dictionary"
    versions = {
        "base": version(Path(sys.prefix), "opencc_python_reimplemented"),
        "current": version(environment, "opencc"),
    }
    TARGET.mkdir(parents=True, exist_ok=True)
    manifest = ["# table, entries once the delta is applied, sha256 of the base file (- where the base has none)"]
    for table in TABLES:
        keep_all = table in ("STCharacters", "TSCharacters")
        path = base_home / f"{table}.txt"
        data = path.read_bytes() if path.exists() else b""
        old = entries(data.decode("utf-8"), keep_all)
        new = current(environment, table, keep_all)
        lines = [f"{key}\t{new.get(key, '')}" for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
        text = HEADER.format(table=table, **versions) + "".join(f"{line}\n" for line in lines)
        (TARGET / f"{table}.delta.tsv").write_text(text, "utf-8")
        manifest.append(f"{table}\t{len(new)}\t{hashlib.sha256(data).hexdigest() if data else '-'}")
    (TARGET / "MANIFEST.tsv").write_text("\n".join(manifest) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
