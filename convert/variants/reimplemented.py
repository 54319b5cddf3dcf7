"""The second engine: opencc-python-reimplemented as it is, `--opencc reimplemented`.  No layer but glossary and marks."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain as joined

from convert.errors import UsageError
from convert.variants import dictionaries
from convert.variants.engine import Chain, matcher

_BORDER = re.compile("[\n，。！？；：]")


class Reimplemented(Chain):
    """A chain whose segments are sentences and whose stages are the package's.

    The package itself cuts at these marks, so that cutting there first changes nothing.
    """

    __slots__ = ("_convert",)

    def __init__(self, name: str) -> None:
        from opencc import OpenCC

        super().__init__(None, [matcher("TWV")])
        self._convert = OpenCC(name).convert

    def finish(self, segment: str) -> str:
        """The segment as the package converts it."""
        return str(self._convert(segment))

    def bounds(self, text: str) -> list[int]:
        """Borders around every mark that ends a clause."""
        return sorted({0, len(text), *joined.from_iterable(match.span() for match in _BORDER.finditer(text))})


@cache
def chain(name: str) -> Reimplemented:
    """A configuration of the package.  Raises `UsageError` naming those it has."""
    names = sorted(path.stem for path in (dictionaries.base_folder().parent / "config").glob("*.json"))
    if name not in names:
        raise UsageError(f"opencc-python-reimplemented has no configuration {name}; it has {', '.join(names)}.")
    return Reimplemented(name)
