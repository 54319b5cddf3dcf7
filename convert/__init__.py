"""Reissue (重刊): OCR text of Chinese periodicals in, editions that can be published out.

The public face is small: `read`, `parse`, `to_variant`, `write`, `convert`, and the types they speak in.
Names are loaded on first use, so that `import convert` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    **dict.fromkeys(("read", "parse", "to_variant", "write", "editions", "convert"), "convert.pipeline"),
    **dict.fromkeys(("Issue", "Article", "Block", "Role", "Metadata", "Query"), "convert.issue"),
    **dict.fromkeys(("Source", "Span", "Line"), "convert.source"),
    **dict.fromkeys(("Edit", "Status"), "convert.ledger"),
    **dict.fromkeys(("ReadOptions", "ParseOptions", "VariantOptions"), "convert.options"),
    "ReissueError": "convert.errors",
}
__all__ = [
    "Article", "Block", "Edit", "Issue", "Line", "Metadata", "ParseOptions", "Query", "ReadOptions", "ReissueError",
    "Role", "Source", "Span", "Status", "VariantOptions",
    "__version__", "convert", "editions", "parse", "read", "to_variant", "write",
]

if TYPE_CHECKING:
    from convert.errors import ReissueError
    from convert.issue import Article, Block, Issue, Metadata, Query, Role
    from convert.ledger import Edit, Status
    from convert.options import ParseOptions, ReadOptions, VariantOptions
    from convert.pipeline import convert, editions, parse, read, to_variant, write
    from convert.source import Line, Source, Span


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'convert' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
