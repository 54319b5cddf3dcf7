"""Write the golden files anew: `python -m tests.golden.make`.  Then read the difference, line by line, before you commit it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.golden import test_samples
from tests.golden.test_golden import NAMES, export

if __name__ == "__main__":
    for name in NAMES:
        for extension, text in export(name).items():
            Path(__file__).with_name(f"{name}.{extension}").write_text(text, "utf-8")
    test_samples.FOLDER.mkdir(exist_ok=True)
    for name, path in test_samples.SAMPLES.items():
        with tempfile.TemporaryDirectory() as out:
            (test_samples.FOLDER / f"{name}.json").write_text(test_samples.written(path, Path(out)), "utf-8")
