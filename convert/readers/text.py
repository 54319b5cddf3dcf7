"""Plain text."""

from __future__ import annotations

import hashlib

from convert.options import ReadOptions
from convert.source import Source


class TextReader:
    name = "text"
    extensions = (".txt",)

    def sniff(self, head: bytes, name: str) -> float:
        return 0.1

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        return Source(name, data.decode(options.encoding or "utf-8-sig"), "utf-8", hashlib.sha256(data).hexdigest())
