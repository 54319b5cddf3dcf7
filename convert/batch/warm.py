"""Load what every task needs once, before workers are forked: dictionaries, fonts, libraries."""

from __future__ import annotations

from contextlib import suppress

from convert.batch.recipe import Recipe

SAMPLE = "重刊試印\n\n　　本報訊（記者 王明）九月三日，社區圖書館開館。\n读者来信说，这里的书很多，“值得常来”。\n"


def warm(recipe: Recipe) -> None:
    """Make every edition of a few words and throw it away.  What fails here will fail, and be told, in its task."""
    from convert import pipeline, plugins
    from convert.variants import table

    with suppress(Exception):
        issue = pipeline.parse(pipeline.read(SAMPLE.encode(), "warm.txt", recipe.read), recipe.parse)
        style = recipe.loaded_style(recipe.base())
        for variant, fmt in recipe.editions():
            with suppress(Exception):
                import io

                made = pipeline.to_variant(issue, variant, recipe.variant)
                plugins.writer(fmt).write(made, table.for_issue(table.variant(variant), made.language), style, io.BytesIO())
