"""The second engine: opencc-python-reimplemented as it is, `--opencc reimplemented`.  No layer but glossary and marks.

The package itself cuts at the marks that end a clause, so that cutting there first changes nothing.
"""

from __future__ import annotations

from functools import cache

from convert.errors import UsageError
from convert.variants import dictionaries
from convert.variants.engine import Chain, Whole


@cache
def chain(name: str) -> Chain:
    """A configuration of the package.  Raises `UsageError` naming those it has."""
    from opencc import OpenCC

    names = sorted(path.stem for path in (dictionaries.base_folder().parent / "config").glob("*.json"))
    if name not in names:
        raise UsageError(f"opencc-python-reimplemented has no configuration {name}; it has {', '.join(names)}.")
    convert = OpenCC(name).convert
    return Whole(lambda clause: str(convert(clause)))
