"""Write the golden files anew: `python -m tests.golden.make`.  Then read the difference, line by line, before you commit it."""

from __future__ import annotations

from pathlib import Path

from tests.golden.test_golden import NAMES, export

if __name__ == "__main__":
    for name in NAMES:
        for extension, text in export(name).items():
            Path(__file__).with_name(f"{name}.{extension}").write_text(text, "utf-8")
