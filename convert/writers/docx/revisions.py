"""Tracked changes as markup: who, when, and a number no other change of the document has."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from convert.writers.docx.markup import run
from convert.writers.docx.styles import language_xml

AUTHOR = "Reissue"


@dataclass
class Revisions:
    """Makes the changes of one document.  `source_language` tags deleted text where the edition's language is another."""

    date: str
    source_language: str | None = None
    _numbers: count[int] = field(default_factory=lambda: count(1))

    @property
    def by(self) -> str:
        """The attributes of the next change."""
        return f'w:id="{next(self._numbers)}" w:author="{AUTHOR}" w:date="{self.date}"'

    def deleted(self, text: str, properties: str = "") -> str:
        """Text that was there."""
        if not text:
            return ""
        language = language_xml(self.source_language) if self.source_language else ""
        return f"<w:del {self.by}>{run(text, properties + language, 'w:delText')}</w:del>"

    def inserted(self, text: str, properties: str = "") -> str:
        """Text that is new."""
        return f"<w:ins {self.by}>{run(text, properties)}</w:ins>" if text else ""

    def deleted_mark(self) -> str:
        """Paragraph properties of a paragraph that is joined to the next."""
        return f"<w:rPr><w:del {self.by}/></w:rPr>"

    def inserted_mark(self) -> str:
        """Paragraph properties of a paragraph that is new."""
        return f"<w:rPr><w:ins {self.by}/></w:rPr>"
