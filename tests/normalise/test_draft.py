"""A draft's changes always lead from the original to its text, whatever was replaced in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from convert.normalise import Context, Draft, normalise
from tests.normalise.rebuilding import rebuilt

MARKS = "汉字，。,.:;()“”\"'「」 \u00a0\u3000\u200b—-…..·0129abXYＡ１⼀\n\t\x00\ue000"


WISH = st.tuples(st.integers(0, 30), st.integers(0, 4), st.text("甲乙 ", max_size=2))


@given(st.text(MARKS, max_size=30), st.lists(st.lists(WISH)))
def test_changes_lead_from_original_to_text(original: str, rounds: list) -> None:
    draft = Draft(original)
    for number, wishes in enumerate(rounds):
        todo, cursor = [], 0
        for start, size, after in sorted(wishes):
            end = min(start + size, len(draft.text))
            if cursor <= start <= len(draft.text) and (not todo or start > todo[-1][0]):
                todo.append((start, end, after))
                cursor = end
        draft.apply(f"r{number}", todo)
    assert rebuilt(original, draft.changes) == draft.text


@given(st.one_of(st.text(), st.text(MARKS)), st.booleans(), st.booleans(), st.booleans())
def test_rules_make_sound_changes_of_any_text(text: str, display: bool, listing: bool, traditional: bool) -> None:
    context = Context(display, listing, traditional)
    result = rebuilt(text, normalise(text, context))
    again = rebuilt(result, normalise(result, context))
    assert sum(map(str.isalnum, result)) <= sum(map(str.isalnum, text)) or result != text
    assert rebuilt(again, normalise(again, context)) == again or len(again) <= len(result)
