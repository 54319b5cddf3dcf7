"""Text-level edits: width of punctuation, spaces, quotation marks, dashes, odd characters.  Each is a row of the ledger."""

from __future__ import annotations

from convert.normalise.context import is_code
from convert.normalise.draft import Change, Draft
from convert.normalise.rules import RULES, Context

__all__ = ["RULES", "Change", "Context", "Draft", "normalise"]


def normalise(text: str, context: Context) -> tuple[Change, ...]:
    """All changes the rules make to `text`, sorted and disjoint, offsets counted in `text`.

    Rules run in the order of the table, each on what the earlier ones left; a later rule amends the earlier row.
    """
    draft = Draft(text)
    code = is_code(text)
    for rule in RULES:
        if (not code or rule.name == "character") and rule.applies(draft.text, context):
            draft.apply(rule.name, rule.find(draft.text, context))
    return draft.changes
