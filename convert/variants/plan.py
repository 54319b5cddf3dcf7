"""Which chain a text needs: from the script it is in and the variant that is wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from convert.errors import UsageError
from convert.options import VariantOptions
from convert.variants import engine, quotes, script
from convert.variants.glossary import Glossary
from convert.variants.layers import Layers
from convert.variants.table import Variant, region_of

ENGINES = ("native", "reimplemented")


def configuration(source: str, variant: Variant, language: str) -> str | None:
    """The OpenCC configuration from a script to a variant, or None where the text is already as it should be.

    Traditional text is never sent through s2t.  To Simplified it goes by the region its language names.
    """
    if variant.script == "Hans":
        return None if source == script.HANS else {"HK": "hk2s", "TW": "tw2s"}.get(_region(language), "t2s")
    if source == script.HANT:
        return {"TW": "t2tw", "HK": "t2hk"}[variant.region] if variant.name != "t" else None
    return variant.config


def _region(language: str) -> str:
    return region_of(language) if language.count("-") > 1 else ""


class Plan:
    """The layers for every script an issue may hold, made when first needed."""

    def __init__(self, variant: Variant, language: str, options: VariantOptions) -> None:
        if options.engine not in ENGINES:
            raise UsageError(f"There is no conversion engine called “{options.engine}”. There are: {', '.join(ENGINES)}.")
        self.variant, self.language, self.options = variant, language, options
        self.source = script.HANT if language.startswith("zh-Hant") else script.HANS
        self.layers: Callable[[str], Layers] = cache(self._layers)

    def _layers(self, source: str) -> Layers:
        name = configuration(source, self.variant, self.language)
        same = source == self.variant.script
        rows = self.options.glossary if not (same and source == script.HANS) else tuple(
            row for row in self.options.glossary if self.variant.name in row.variants
        )
        marks = quotes.CURLY if self.variant.script == "Hans" else quotes.CORNER
        if same and source == script.HANS:
            return Layers(None, Glossary(rows, self.variant), None)
        chain = engine.chain(name) if name else None
        return Layers(chain, Glossary(rows, self.variant), marks, only_curly=same)
