"""Comments: the part, their anchors in the text, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from convert.issue import Query, VariantEdit
from convert.ledger import Edit
from convert.writers.docx.markup import NAMESPACES, run
from convert.writers.docx.revisions import AUTHOR
from convert.writers.docx.styles import styled
from convert.writers.xml import one_line

INITIALS = "R"
LONGEST_QUOTED = 60
"""Characters of a passage quoted in a comment; the passage itself is what the comment is anchored to."""


@dataclass
class Comments:
    """The comments of one document, numbered in the order they are anchored."""

    date: str
    ids: Mapping[str, str]
    rows: list[str] = field(default_factory=list)

    def add(self, text: str) -> int:
        """Enter a comment and return its number."""
        number = len(self.rows)
        reference = f'<w:r><w:rPr><w:rStyle w:val="{self.ids["CommentReference"]}"/></w:rPr><w:annotationRef/></w:r>'
        body = styled(self.ids, "CommentText", reference + run(text))
        self.rows.append(
            f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:date="{self.date}" w:initials="{INITIALS}">{body}</w:comment>'
        )
        return number

    def start(self, number: int) -> str:
        """Where the commented text begins."""
        return f'<w:commentRangeStart w:id="{number}"/>'

    def end(self, number: int) -> str:
        """Where it ends, and the reference that shows the comment."""
        style = f'<w:rPr><w:rStyle w:val="{self.ids["CommentReference"]}"/></w:rPr>'
        return f'<w:commentRangeEnd w:id="{number}"/><w:r>{style}<w:commentReference w:id="{number}"/></w:r>'

    def xml(self) -> str:
        """comments.xml."""
        return f"<w:comments {NAMESPACES}>{''.join(self.rows)}</w:comments>"


def corrected(edit: Edit, words: Mapping[str, str]) -> str:
    """A correction that was made: what, by which rule, how sure."""
    key = "corrected" if edit.before and edit.after else "removed" if edit.before else "added"
    return _say(words[key], edit.before, edit.after) + _basis(edit.rule, edit.confidence, edit.why, words)


def suggested(edit: Edit, words: Mapping[str, str]) -> str:
    """A correction the editor is asked about."""
    key = "suggested" if edit.before and edit.after else "suggested_removal" if edit.before else "suggested_addition"
    return _say(words[key], edit.before, edit.after) + _basis(edit.rule, edit.confidence, edit.why, words)


def doubtful(change: VariantEdit, words: Mapping[str, str]) -> str:
    """A conversion that may have to be another."""
    return _say(words["choose"], change.before, change.after) + _basis(change.rule, change.confidence, change.why, words)


def asked(query: Query, words: Mapping[str, str]) -> str:
    """A question to the editor with its answers."""
    choices = words["continued"].join(one_line(choice) for choice in query.choices)
    return words["query"] + one_line(query.message) + (words["choices"].format(choices=choices) if choices else "")


def _say(pattern: str, before: str, after: str) -> str:
    return pattern.format(before=_short(before), after=_short(after))


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= LONGEST_QUOTED else text[:LONGEST_QUOTED] + "……"


def _basis(rule: str, confidence: float, why: str, words: Mapping[str, str]) -> str:
    return words["basis"].format(rule=one_line(rule), confidence=percent(confidence)) + one_line(why)


def percent(confidence: float) -> str:
    """A probability as a percentage that never claims more than it knows: 0.9999 is 99.9%, not 100%."""
    thousandths = min(int(confidence * 1000 + 0.5), 999 if confidence < 1 else 1000)
    return f"{max(thousandths, 0) / 10:g}%"
