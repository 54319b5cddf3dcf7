"""The same cases, guided by coverage: `pip install atheris`, then

    python -m tests.hostile.guided [-runs=100000] [-seed=1] [CORPUS_FOLDER]

The bytes choose file name, variant, writer and profile, and are the input; what is a finding is what `fuzz.case` raises.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Hand over to libFuzzer."""
    import atheris

    with atheris.instrument_imports(include=["convert"]):
        from tests.hostile import fuzz

    names = [name for name, _ in fuzz.samples()] + ["page", "page.pdf", "page.docling.json"]

    def one(data: bytes) -> None:
        given = atheris.FuzzedDataProvider(data)
        name, variant, writer, profile = (
            given.PickValueInList(list(values)) for values in (names, fuzz.VARIANTS, fuzz.WRITERS, fuzz.PROFILES)
        )
        fuzz.case(name, given.ConsumeBytes(given.remaining_bytes()), variant, [writer], profile)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
