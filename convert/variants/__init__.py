"""Variants: from an issue to the issue in another script or region."""

from __future__ import annotations

from dataclasses import replace

from convert.issue import Block, Issue, VariantEdit
from convert.options import VariantOptions
from convert.variants.table import Variant


def convert_issue(issue: Issue, variant: Variant, options: VariantOptions) -> Issue:
    """Convert every block whole; the changes are kept so that each character leads back to the source."""
    if variant.config is None:
        return replace(issue, variant=variant.name, language=variant.language, parent=issue)
    from opencc import OpenCC

    engine = OpenCC(variant.config)
    changes: list[VariantEdit] = []

    def redo(block: Block) -> Block:
        text = engine.convert(block.text)
        if text != block.text:
            changes.append(VariantEdit(block.id, 0, len(block.text), block.text, text, "opencc"))
        return replace(block, text=text)

    return replace(
        issue,
        articles=tuple(replace(a, blocks=tuple(map(redo, a.blocks))) for a in issue.articles),
        colophon=tuple(map(redo, issue.colophon)),
        dropped=tuple(map(redo, issue.dropped)),
        variant=variant.name, language=variant.language, parent=issue, changes=tuple(changes),
    )
