"""Plain text to a variant: the lines stay, nothing is parsed."""

from __future__ import annotations

from convert.issue import Query
from convert.options import VariantOptions
from convert.variants import align, script, table
from convert.variants.decisions import Decisions
from convert.variants.model import Converted
from convert.variants.plan import Plan


def convert_text(
    text: str, variant_name: str, options: VariantOptions | None = None, *, language: str | None = None
) -> Converted:
    """`text` in a variant.  Without `language` the script is found out from the text itself.

    Raises `UsageError` for a variant there is not.
    """
    if language is None:
        language = "zh-Hant" if script.detect(text) == script.HANT else "zh-Hans"
    variant = table.for_issue(table.variant(variant_name), language)
    if variant.name == "source":
        return Converted(text)
    options = options or VariantOptions()
    plan = Plan(variant, language, options, [text])
    decisions = Decisions.of(options.decisions, variant, plan.source)
    done = decisions.convert(plan.layers(plan.source), text)
    queries = tuple(
        Query(f"v{number}", 0, finding.start, finding.end, finding.kind, finding.message, finding.choices)
        for number, finding in enumerate(done.findings, 1)
    )
    return Converted(done.text, tuple(align.changes("", text, done.pieces, done.doubts)), queries)
