"""The table of text-level rules, in the order they run.  Adding a rule is one function and one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from convert.normalise import characters, dashes, numbers, punctuation, quotes, spacing, stops
from convert.normalise.context import Context
from convert.normalise.draft import Replacement

__all__ = ["RULES", "Context", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """`find` yields sorted, disjoint replacements for a text; `triggers` are characters without which it has no work."""

    name: str
    find: Callable[[str, Context], Iterable[Replacement]]
    triggers: frozenset[str] | None = None

    def applies(self, text: str, context: Context) -> bool:
        """A quick look whether the rule can have anything to do."""
        return self.triggers is None or not self.triggers.isdisjoint(text)


def _rule(name: str, find: Callable[[str, Context], Iterable[Replacement]], triggers: str = "") -> Rule:
    return Rule(name, find, frozenset(triggers) or None)


RULES: tuple[Rule, ...] = (
    _rule("character", characters.find),
    _rule("space", spacing.find, " \t\u3000\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"),
    _rule("width", numbers.find, "：．，＠／"),
    _rule("width", punctuation.find, ",;:?!()[].｡､"),
    _rule("width", stops.find, "."),
    _rule("dash", dashes.find, "-–—―─－~～"),
    _rule("ellipsis", dashes.ellipses, ".…。·⋯"),
    _rule("quotation", quotes.find, "\"'「」『』“”‘’〝〞＂＇"),
)
