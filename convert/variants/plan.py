"""Which chain a text needs: from the script it is in and the variant that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from convert.errors import UsageError
from convert.options import VariantOptions
from convert.variants import engine, house, press, quotes, reimplemented, script
from convert.variants.engine import Chain
from convert.variants.glossary import Glossary
from convert.variants.layers import Layers
from convert.variants.resolver import Log, Resolver, weights
from convert.variants.table import Variant, region_of

ENGINES = ("native", "reimplemented")


def configuration(source: str, variant: Variant, language: str) -> str | None:
    """The OpenCC configuration from a script to a variant, or None where the text is already as it should be.

    Traditional text is never sent through s2t.  One region's Traditional goes to another's over the standard (`tw2t
    t2hk`), to Simplified by its own region's tables; where its language names no region it counts as Taiwan's.
    """
    region = region_of(language) if source == script.HANT and language.startswith("zh-Hant") else "TW"
    if variant.script == "Hans":
        return None if source == script.HANS else {"HK": "hk2s", "TW": "tw2s"}[region]
    if source == script.HANS:
        return variant.config
    if variant.name == "t":
        return None
    ways = {("TW", "TW"): "t2tw", ("HK", "HK"): "t2hk", ("TW", "HK"): "tw2t t2hk", ("HK", "TW"): "hk2t t2tw"}
    return ways[region, variant.region]


def _traditional(name: str) -> Chain:
    first, *second = name.split(" ")
    return engine.through(first, *second) if second else engine.chain(first)


class Plan:
    """The layers for every script an issue may hold, made when first needed.  `texts` are learnt names from."""

    def __init__(self, variant: Variant, language: str, options: VariantOptions, texts: Sequence[str] = ()) -> None:
        if options.engine not in ENGINES:
            raise UsageError(f"There is no conversion engine called “{options.engine}”. There are: {', '.join(ENGINES)}.")
        if options.register not in (*press.REGISTERS, "plain"):
            raise UsageError(f"There is no register called “{options.register}”. There are: press, it, plain.")
        self.variant, self.language, self.options = variant, language, options
        self.source = script.HANT if language.startswith("zh-Hant") else script.HANS
        self.layers: Callable[[str], Layers] = cache(lambda source: self._layers(source).learn(texts))

    def _layers(self, source: str) -> Layers:
        variant, options = self.variant, self.options
        same = source == variant.script
        rows = options.glossary
        if same and source == script.HANS:  # nothing is converted: only rows that name the variant act
            rows = tuple(row for row in rows if variant.name in row.variants)
            return Layers(None, Glossary(rows, variant), None)
        glossary = Glossary(rows, variant)
        name = configuration(source, variant, self.language)
        marks = (quotes.CURLY if variant.script == "Hans" else quotes.CORNER) if options.quotes else None
        if options.engine == "reimplemented" and name is not None and " " not in name:
            return Layers(reimplemented.chain(name), glossary, marks, only_curly=same)
        if source == script.HANT or name is None:
            return Layers(_traditional(name) if name else None, glossary, marks, only_curly=same)
        forms = house.load(options.house, variant.region)
        chain = engine.chain(name) if options.register == "plain" else press.chain(name, options.register)
        resolver = resolver_for(name, options.register) if options.resolver else None
        if options.register == "plain":
            return Layers(chain, glossary, marks, resolver=resolver, forms=forms)
        words = frozenset(press.regional(name, options.register))
        return Layers(
            chain, glossary, marks, resolver=resolver, reading=True, forms=forms, own=press.phrases(), words=words
        )


@cache
def resolver_for(name: str, register: str) -> Resolver:
    """The resolver that goes with a chain."""
    if register == "plain":
        return Resolver(engine.chain(name), weights())
    words = press.regional(name, register)
    log = _weights() if not words else weights(press.phrases(), words)
    return Resolver(press.chain(name, register), log, frozenset(words), press.telling())


@cache
def _weights() -> Log:
    return weights(press.phrases())
